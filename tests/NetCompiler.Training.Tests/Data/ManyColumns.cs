namespace NetCompiler.Tests.Training.Data;

/// <summary>
/// The staging columns of a network of many inputs and targets, tokens and classes among them, with no network behind them: what each step saw is kept as text.
/// </summary>
internal sealed class ManyColumns : ITraining, INetwork
{
    private readonly float[][] _floatInputs;
    private readonly int[][] _tokenInputs;
    private readonly float[][] _floatTargets;
    private readonly int[][] _classTargets;
    private readonly float[][] _outputs;
    private readonly float[] _parameters = new float[16];
    private readonly float[] _gradients = new float[16];
    private readonly float[] _losses = new float[1];
    private int _count;

    public ManyColumns(NetworkDescription description, int batchSize)
    {
        Description = description;
        BatchSize = batchSize;
        _floatInputs = [.. description.Inputs.Select(input => new float[input.IsTokens ? 0 : batchSize * input.Length])];
        _tokenInputs = [.. description.Inputs.Select(input => new int[input.IsTokens ? batchSize * input.Length : 0])];
        _floatTargets = [.. description.Targets.Select(target => new float[target.IsClasses ? 0 : batchSize * target.Length])];
        _classTargets = [.. description.Targets.Select(target => new int[target.IsClasses ? batchSize * target.Length : 0])];
        _outputs = [.. description.Outputs.Select(output => new float[batchSize * output.Length])];
        SampleWeightValues = new float[batchSize];
        Array.Fill(SampleWeightValues, 1f);
    }

    /// <summary>What every step saw: its inputs, then its targets, as text.</summary>
    public List<string> Steps { get; } = [];

    public NetworkDescription Description { get; }

    public INetwork Network => this;

    public int BatchSize { get; }

    public int Seed => 5;

    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public IReadOnlyList<WeightView> Weights => [];

    public long StepIndex { get; set; }

    public Span<float> SampleWeights => SampleWeightValues;

    public Span<float> Parameters => _parameters;

    public Span<float> Gradients => _gradients;

    public ReadOnlySpan<float> Losses => _losses;

    private float[] SampleWeightValues { get; }

    public ITraining CreateTraining(int batchSize, int threads = 0, int? seed = null) => batchSize <= BatchSize ? this : throw new ArgumentOutOfRangeException(nameof(batchSize));

    public Span<float> FloatInput(int i) => _floatInputs[i];

    public Span<int> TokenInput(int i) => _tokenInputs[i];

    public Span<float> FloatTarget(int i) => _floatTargets[i];

    public Span<int> ClassTarget(int i) => _classTargets[i];

    public ReadOnlySpan<float> Output(int i) => _outputs[i].AsSpan(0, _count * Description.Outputs[i].Length);

    public float Step(int count, OptimizerState optimizer)
    {
        optimizer.Update(_parameters, _gradients);
        float loss = ComputeLoss(count);
        Steps.Add(Staged(count));
        return loss;
    }

    public float ComputeLoss(int count)
    {
        _count = count;

        // Every output says that its second class, where it has one, is the most likely.
        for (int o = 0; o < _outputs.Length; o++)
        {
            int width = Description.Outputs[o].Shape[^1];
            for (int i = 0; i < _outputs[o].Length; i++)
            {
                _outputs[o][i] = i % width == Math.Min(1, width - 1) ? 1 : 0;
            }
        }

        return 1;
    }

    public float ComputeGradients(int count, GradientTargets gradients = GradientTargets.Parameters, bool accumulate = false) => ComputeLoss(count);

    /// <summary>The staged values of the first samples.</summary>
    public string Staged(int count) => string.Join(" | ", Description.Inputs.Select((input, i) => input.IsTokens ? string.Join(' ', _tokenInputs[i].Take(count * input.Length)) : string.Join(' ', _floatInputs[i].Take(count * input.Length)))
        .Concat(Description.Targets.Select((target, i) => target.IsClasses ? string.Join(' ', _classTargets[i].Take(count * target.Length)) : string.Join(' ', _floatTargets[i].Take(count * target.Length)))));

    public void Freeze(params ReadOnlySpan<string> layers)
    {
    }

    public void Unfreeze(params ReadOnlySpan<string> layers)
    {
    }

    public void Dispose()
    {
    }

    public void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs) => throw new NotSupportedException();

    public void Save(string path) => throw new NotSupportedException();

    public void Save(Stream stream) => throw new NotSupportedException();

    public WeightLoadReport LoadWeights(string path, WeightLoadOptions? options = null) => throw new NotSupportedException();

    public WeightLoadReport LoadWeights(Stream stream, WeightLoadOptions? options = null) => throw new NotSupportedException();
}
