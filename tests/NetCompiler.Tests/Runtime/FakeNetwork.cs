namespace NetCompiler.Tests.Runtime;

/// <summary>A network with weights and a description but no computation: enough for weights and their files.</summary>
internal sealed class FakeNetwork : INetwork
{
    private readonly FakeWeights _weights;

    public FakeNetwork(NetworkDescription description, int seed = 0, WeightPacking packing = WeightPacking.Panels, bool isUnwritten = false)
    {
        Description = description;
        Seed = seed;
        List<WeightLayout> parameters = [], statistics = [];
        int parameterLength = 0, statisticLength = 0;
        foreach (WeightDescription weight in description.Layers.SelectMany(layer => layer.Weights))
        {
            int offset = weight.IsTrainable ? parameterLength : statisticLength;
            WeightLayout layout = new(weight.Name, [.. weight.Shape], weight.Shape.Count > 1 ? packing : WeightPacking.Flat, offset);
            (weight.IsTrainable ? parameters : statistics).Add(layout);
            if (weight.IsTrainable)
            {
                parameterLength += layout.PhysicalLength;
            }
            else
            {
                statisticLength += layout.PhysicalLength;
            }
        }

        Parameters = new WeightArena(parameterLength);
        _weights = new FakeWeights(Parameters, [.. parameters], new WeightArena(statisticLength), [.. statistics], description.ArchitectureHash);
        TrainedCount = parameters.Count;
        if (!isUnwritten)
        {
            WeightInitialization.Initialize(description, _weights, seed);
        }
    }

    public NetworkDescription Description { get; }

    public int Seed { get; }

    public WeightArena Parameters { get; }

    public int TrainedCount { get; }

    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public WeightCollection Weights => _weights;

    IReadOnlyList<WeightView> INetwork.Weights => _weights;

    /// <summary>A description of dense layers: sizes[0] inputs, then the units; every layer but the last has a ReLU.</summary>
    public static NetworkDescription Dense(string name, params int[] sizes) => new()
    {
        Name = name,
        Inputs = [new InputDescription("input", [sizes[0]])],
        Layers = [.. Enumerable.Range(1, sizes.Length - 1).Select(i => DenseLayer($"dense{i}", i - 1, sizes[i - 1], sizes[i], i == sizes.Length - 1 ? Activation.Softmax : Activation.Relu))],
        Outputs = [new OutputDescription("output", sizes.Length - 1, [sizes[^1]])],
        ParameterCount = Enumerable.Range(1, sizes.Length - 1).Sum(i => (sizes[i - 1] + 1) * sizes[i]),
        StatisticsCount = 0,
        ArchitectureHash = string.Concat(Enumerable.Repeat("0123456789abcdef", 4)),
    };

    public static LayerDescription DenseLayer(string name, int operand, int features, int units, Activation activation, string? formerName = null) =>
        new(name, "Dense", [operand], [units])
        {
            Options = new Dictionary<string, object> { ["Units"] = units, ["Activation"] = activation, ["UseBias"] = true },
            Weights =
            [
                new WeightDescription($"{name}.kernel", [features, units], Initializer.GlorotUniform)
                {
                    FanIn = features,
                    FanOut = units,
                    FormerNames = formerName is null ? [] : [$"{formerName}.kernel"],
                },
                new WeightDescription($"{name}.bias", [units], Initializer.Zeros)
                {
                    FanIn = features,
                    FanOut = units,
                    FormerNames = formerName is null ? [] : [$"{formerName}.bias"],
                },
            ],
        };

    /// <summary>All weights in logical order, for comparison.</summary>
    public float[] Values() => [.. Weights.SelectMany(view => view.ToArray())];

    /// <summary>Gives every weight distinct values, as odd as floats come.</summary>
    public FakeNetwork Scramble(int seed)
    {
        Random random = new(seed);
        foreach (WeightView view in Weights)
        {
            view.CopyFrom([.. Enumerable.Range(0, view.Length).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30))))]);
        }

        return this;
    }

    public ITraining CreateTraining(int batchSize, int threads = 0, int? seed = null) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs) => throw new NotSupportedException();

    public void Save(string path) => WeightFile.Save(this, path);

    public void Save(Stream stream) => WeightFile.Save(this, stream);

    public WeightLoadReport LoadWeights(string path, WeightLoadOptions? options = null) => WeightFile.Load(this, path, options);

    public WeightLoadReport LoadWeights(Stream stream, WeightLoadOptions? options = null) => WeightFile.Load(this, stream, options);

    private sealed class FakeWeights(WeightArena parameters, WeightLayout[] parameterLayouts, WeightArena statistics, WeightLayout[] statisticLayouts, string architectureHash)
        : WeightCollection(parameters, parameterLayouts, statistics, statisticLayouts, architectureHash);
}
