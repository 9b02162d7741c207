namespace NetCompiler.Tests.Dynamic;

/// <summary>A training whose gradients come from the interpreter in float, for networks of one float input; faults can be put in.</summary>
internal sealed class FakeTraining : ITraining, IWeightGradients, IParameterRanges, ILossSettings
{
    private readonly FakeNetwork _network;
    private readonly WeightArena _gradients;
    private readonly float[] _input;
    private readonly float[] _floatTarget;
    private readonly int[] _classTarget;
    private readonly float[] _inputGradients;
    private readonly ParameterRange[] _ranges;

    public FakeTraining(FakeNetwork network, int batchSize)
    {
        _network = network;
        BatchSize = batchSize;
        (_gradients, WeightGradients) = FakeNetwork.Arrange(network.Description.Layers.SelectMany(layer => layer.Weights).Where(weight => weight.IsTrainable));
        _input = new float[batchSize * network.Description.Inputs[0].Length];
        _inputGradients = new float[_input.Length];
        TargetDescription? target = network.Description.Targets.FirstOrDefault();
        _floatTarget = new float[batchSize * (target is { IsClasses: false } ? target.Length : 0)];
        _classTarget = new int[batchSize * (target is { IsClasses: true } ? target.Length : 0)];
        SampleWeightArray = new float[batchSize];
        Array.Fill(SampleWeightArray, 1);
        _ranges = new ParameterRange[WeightGradients.Count];
    }

    /// <summary>Changes gradients after they were computed: the weight's name ("" for the input) and its values.</summary>
    public Action<string, float[]>? Fault { get; set; }

    public float Setting { get; set; } = 1;

    public float[] SampleWeightArray { get; }

    public INetwork Network => _network;

    public int BatchSize { get; }

    public long StepIndex { get; set; } = 41;

    public Span<float> SampleWeights => SampleWeightArray;

    public Span<float> Parameters => _network.Arena.Span;

    public Span<float> Gradients => _gradients.Span;

    public ReadOnlySpan<float> Losses => [];

    public IReadOnlyList<WeightView> WeightGradients { get; }

    public ReadOnlySpan<ParameterRange> ParameterRanges => _ranges;

    public IReadOnlyList<string> SettingNames => [.. _network.Description.Losses.SelectMany(loss => loss.Settings).Select(setting => setting.Name)];

    public float this[int setting]
    {
        get => Setting;
        set => Setting = value;
    }

    public ReadOnlySpan<float> InputGradients(int input) => _inputGradients;

    public Span<float> FloatInput(int i) => _input;

    public Span<int> TokenInput(int i) => throw new ArgumentOutOfRangeException(nameof(i));

    public Span<float> FloatTarget(int i) => _floatTarget;

    public Span<int> ClassTarget(int i) => _classTarget;

    public float Step(int count, OptimizerState optimizer) => throw new NotSupportedException();

    public float ComputeLoss(int count) => throw new NotSupportedException();

    public float ComputeGradients(int count, GradientTargets gradients = GradientTargets.Parameters, bool accumulate = false)
    {
        StepIndex++;
        NetworkDescription description = _network.Description;
        DynamicNetwork<float> interpreter = DynamicNetwork.From(_network);
        foreach (string name in SettingNames)
        {
            interpreter.Settings[name] = Setting;
        }

        Column[] targets = description.Targets.Count == 0 ? [] : description.Targets[0].IsClasses
            ? [_classTarget[..(count * description.Targets[0].Length)]]
            : [_floatTarget[..(count * description.Targets[0].Length)]];
        DynamicGradients<float> result = interpreter.ComputeGradients([_input[..(count * description.Inputs[0].Length)]], targets, SampleWeightArray.AsSpan(0, count));
        Fault?.Invoke("", result.Inputs[0]);
        result.Inputs[0].CopyTo(_inputGradients, 0);
        foreach (WeightView view in WeightGradients)
        {
            Fault?.Invoke(view.Name, result.Weights[view.Name]);
            view.CopyFrom(result.Weights[view.Name]);
        }

        return result.Loss;
    }

    public ReadOnlySpan<float> Output(int i) => [];

    /// <summary>Freezes the trained weights with the given indices.</summary>
    public void FreezeAt(params ReadOnlySpan<int> weights)
    {
        foreach (int weight in weights)
        {
            _ranges[weight] = new ParameterRange(0, 0, IsFrozen: true, Decays: false);
        }
    }

    public void Freeze(params ReadOnlySpan<string> layers) => throw new NotSupportedException();

    public void Unfreeze(params ReadOnlySpan<string> layers) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
