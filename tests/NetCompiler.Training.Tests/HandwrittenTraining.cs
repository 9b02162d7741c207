namespace NetCompiler.Tests.Training;

/// <summary>The training of a <see cref="HandwrittenNetwork"/>: a setting <c>Penalty</c> times the sum of squares of the kernel stands for the run-time settings.</summary>
internal sealed class HandwrittenTraining : ITraining, IParameterRanges, ILossSettings
{
    private static readonly string[] Settings = ["Penalty"];

    private readonly HandwrittenNetwork _network;
    private readonly float[] _input;
    private readonly float[] _floats;
    private readonly int[] _classes;
    private readonly float[] _weights;
    private readonly float[] _output;
    private readonly float[] _gradients;
    private readonly float[] _losses = new float[1];
    private readonly ParameterRange[] _ranges;
    private float _penalty;
    private int _count;

    public HandwrittenTraining(HandwrittenNetwork network, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _network = network;
        BatchSize = batchSize;
        _input = new float[batchSize * network.Inputs];
        _floats = new float[batchSize * network.Outputs];
        _classes = new int[batchSize];
        _output = new float[batchSize * network.Outputs];
        _weights = new float[batchSize];
        Array.Fill(_weights, 1f);
        _gradients = new float[network.Values.Length];
        _ranges = [new(0, network.BiasOffset, false, true), new(network.BiasOffset, network.Values.Length - network.BiasOffset, false, false)];
    }

    public INetwork Network => _network;

    public int BatchSize { get; }

    public long StepIndex { get; set; }

    public Span<float> SampleWeights => _weights;

    public Span<float> Parameters
    {
        get
        {
            _network.Version++;
            return _network.Values.Span;
        }
    }

    public Span<float> Gradients => _gradients;

    public ReadOnlySpan<float> Losses => _losses;

    public ReadOnlySpan<ParameterRange> ParameterRanges => _ranges;

    public IReadOnlyList<string> SettingNames => Settings;

    public float this[int setting]
    {
        get => _penalty;
        set => _penalty = value;
    }

    public Span<float> FloatInput(int i) => _input;

    public Span<int> TokenInput(int i) => throw new ArgumentOutOfRangeException(nameof(i));

    public Span<float> FloatTarget(int i) => _floats;

    public Span<int> ClassTarget(int i) => _classes;

    public ReadOnlySpan<float> Output(int i) => _output.AsSpan(0, _count * _network.Outputs);

    public float Step(int count, OptimizerState optimizer)
    {
        float loss = ComputeGradients(count);
        optimizer.Update(Parameters, _gradients);
        return loss;
    }

    public float ComputeLoss(int count) => Compute(count, withGradients: false);

    public float ComputeGradients(int count, GradientTargets gradients = GradientTargets.Parameters, bool accumulate = false)
    {
        StepIndex++;
        return Compute(count, withGradients: true);
    }

    public void Freeze(params ReadOnlySpan<string> layers) => SetFrozen(layers, true);

    public void Unfreeze(params ReadOnlySpan<string> layers) => SetFrozen(layers, false);

    public void Dispose()
    {
    }

    private void SetFrozen(ReadOnlySpan<string> layers, bool frozen)
    {
        foreach (string layer in layers)
        {
            if (layer != "dense1")
            {
                throw new ArgumentException($"There is no layer \"{layer}\".");
            }
        }

        for (int i = 0; i < _ranges.Length; i++)
        {
            _ranges[i] = _ranges[i] with { IsFrozen = frozen };
        }
    }

    private float Compute(int count, bool withGradients)
    {
        _count = count;
        int inputs = _network.Inputs, outputs = _network.Outputs;
        Span<float> delta = stackalloc float[outputs];
        double loss = 0;
        if (withGradients)
        {
            Array.Clear(_gradients);
        }

        for (int n = 0; n < count; n++)
        {
            Span<float> x = _input.AsSpan(n * inputs, inputs), y = _output.AsSpan(n * outputs, outputs);
            _network.Forward(x, y);
            for (int o = 0; o < outputs; o++)
            {
                float scale = _weights[n] / count;
                if (_network.IsClassifier)
                {
                    bool hit = o == _classes[n];
                    loss += hit ? -Math.Log(Math.Max(y[o], 1e-7)) * scale : 0;
                    delta[o] = (y[o] - (hit ? 1 : 0)) * scale;
                }
                else
                {
                    float error = y[o] - _floats[(n * outputs) + o];
                    loss += (double)error * error / outputs * scale;
                    delta[o] = 2 * error / outputs * scale;
                }

                if (withGradients)
                {
                    _gradients[_network.BiasOffset + o] += delta[o];
                    for (int i = 0; i < inputs; i++)
                    {
                        _gradients[(i * outputs) + o] += x[i] * delta[o];
                    }
                }
            }
        }

        for (int i = 0; i < inputs * outputs; i++)
        {
            loss += _penalty * _network.Values.Span[i] * _network.Values.Span[i];
            if (withGradients)
            {
                _gradients[i] += 2 * _penalty * _network.Values.Span[i];
            }
        }

        _losses[0] = (float)loss;
        return (float)loss;
    }
}
