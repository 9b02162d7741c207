namespace NetCompiler.Tests.Training;

/// <summary>A linear model of 2 inputs and 1 output with the mean squared error, written by hand.</summary>
internal sealed class Line : HandwrittenNetwork, INetwork<Line>
{
    public Line(int seed = 0)
        : base(Description, seed)
    {
    }

    public static NetworkDescription Description { get; } = Describe("Line", 2, 1, new TargetDescription("target", 1, 0), Loss.MeanSquaredError);

    public static Line Create(int seed) => new(seed);

    public static Line Load(ReadOnlySpan<byte> file, WeightLoadOptions? options = null) => throw new NotSupportedException();
}

/// <summary>Softmax regression of 4 inputs and 3 classes, written by hand.</summary>
internal sealed class Flowers : HandwrittenNetwork, INetwork<Flowers>
{
    public Flowers(int seed = 0)
        : base(Description, seed)
    {
    }

    public static NetworkDescription Description { get; } = Describe("Flowers", 4, 3, new TargetDescription("target", 1, 3), Loss.SparseCategoricalCrossentropy);

    public static Flowers Create(int seed) => new(seed);

    public static Flowers Load(ReadOnlySpan<byte> file, WeightLoadOptions? options = null) => throw new NotSupportedException();
}

/// <summary>Softmax regression of a single class, by mistake.</summary>
internal sealed class Lone(int seed) : HandwrittenNetwork(Describe("Lone", 2, 1, new TargetDescription("target", 1, 1), Loss.SparseCategoricalCrossentropy), seed);

/// <summary>y = x W + b with the layer <c>dense1</c> and the loss of the description: what the tests of training run on.</summary>
internal abstract class HandwrittenNetwork : INetwork
{
    private readonly NetworkDescription _description;

    protected HandwrittenNetwork(NetworkDescription description, int seed)
    {
        _description = description;
        Seed = seed;
        Inputs = description.Inputs[0].Length;
        Outputs = description.Outputs[0].Length;
        WeightLayout kernel = new("dense1.kernel", [Inputs, Outputs], WeightPacking.Flat, 0);
        WeightLayout bias = new("dense1.bias", [Outputs], WeightPacking.Flat, kernel.PhysicalLength);
        BiasOffset = bias.Offset;
        WeightArena arena = new(bias.Offset + bias.PhysicalLength);
        Values = arena.Memory;
        Weights = [new WeightView(arena, kernel), new WeightView(arena, bias)];
        Random random = new(seed);
        for (int i = 0; i < Inputs * Outputs; i++)
        {
            Values.Span[i] = (float)((random.NextDouble() - 0.5) * 0.2);
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The kernel (in, out), then the bias.</summary>
    public Memory<float> Values { get; }

    public int BiasOffset { get; }

    /// <summary>How often a training's parameters were read: what marks derived data stale.</summary>
    public int Version { get; set; }

    public int Seed { get; }

    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public IReadOnlyList<WeightView> Weights { get; }

    NetworkDescription INetwork.Description => _description;

    public bool IsClassifier => _description.Losses[0].Kind == Loss.SparseCategoricalCrossentropy;

    public ITraining CreateTraining(int batchSize, int threads = 0, int? seed = null) => new HandwrittenTraining(this, batchSize);

    public void Predict(ReadOnlySpan<Column> inputs, ReadOnlySpan<Memory<float>> outputs)
    {
        int count = inputs[0].Length / Inputs;
        for (int i = 0; i < count; i++)
        {
            Forward(inputs[0].Floats.Span.Slice(i * Inputs, Inputs), outputs[0].Span.Slice(i * Outputs, Outputs));
        }
    }

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> values = Values.Span;
        for (int o = 0; o < Outputs; o++)
        {
            y[o] = values[BiasOffset + o];
            for (int i = 0; i < Inputs; i++)
            {
                y[o] += x[i] * values[(i * Outputs) + o];
            }
        }

        if (IsClassifier)
        {
            float max = float.NegativeInfinity, sum = 0;
            foreach (float z in y)
            {
                max = Math.Max(max, z);
            }

            for (int o = 0; o < Outputs; o++)
            {
                sum += y[o] = MathF.Exp(y[o] - max);
            }

            for (int o = 0; o < Outputs; o++)
            {
                y[o] /= sum;
            }
        }
    }

    public void Save(string path) => throw new NotSupportedException();

    public void Save(Stream stream) => throw new NotSupportedException();

    public WeightLoadReport LoadWeights(string path, WeightLoadOptions? options = null) => throw new NotSupportedException();

    public WeightLoadReport LoadWeights(Stream stream, WeightLoadOptions? options = null) => throw new NotSupportedException();

    protected static NetworkDescription Describe(string name, int inputs, int outputs, TargetDescription target, Loss loss) => new()
    {
        Name = name,
        Inputs = [new InputDescription("input", [inputs])],
        Layers = [new LayerDescription("dense1", "Dense", [0], [outputs])],
        Outputs = [new OutputDescription("output", 1, [outputs])],
        Targets = [target],
        Losses = [new LossDescription(loss.ToString()) { Kind = loss, Targets = [0] }],
        ParameterCount = (inputs * outputs) + outputs,
        StatisticsCount = 0,
        ArchitectureHash = new string('0', 64),
    };
}
