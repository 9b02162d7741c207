namespace NetCompiler;

/// <summary>
/// What a network is, layer by layer: what tools read, what files are checked against and what the interpreter executes.
/// Values are numbered: the inputs first, then one value per layer in order.
/// </summary>
public sealed partial class NetworkDescription
{
    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>The inputs in declaration order.</summary>
    public required IReadOnlyList<InputDescription> Inputs { get; init; }

    /// <summary>The layers in the order of their computation.</summary>
    public required IReadOnlyList<LayerDescription> Layers { get; init; }

    /// <summary>The outputs in declaration order.</summary>
    public required IReadOnlyList<OutputDescription> Outputs { get; init; }

    /// <summary>The targets in the order of every signature.</summary>
    public IReadOnlyList<TargetDescription> Targets { get; init; } = [];

    /// <summary>The losses in declaration order.</summary>
    public IReadOnlyList<LossDescription> Losses { get; init; } = [];

    /// <summary>The number of trained values, without padding.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>The number of statistics (moving means and the like), without padding.</summary>
    public required int StatisticsCount { get; init; }

    /// <summary>A hash, as 64 lower-case hexadecimal digits, of everything that affects inference.</summary>
    public required string ArchitectureHash { get; init; }
}

/// <summary>An input of a network.</summary>
/// <param name="Name">The name of its spans.</param>
/// <param name="Shape">The shape of one sample.</param>
public sealed record InputDescription(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>The number of values of one sample.</summary>
    public int Length => SampleShape.Length(Shape);

    /// <summary>The number of different tokens, or 0 for an input of floats.</summary>
    public int Vocabulary { get; init; }

    /// <summary>The token that pads sequences, or -1.</summary>
    public int Padding { get; init; } = -1;

    /// <summary>Whether the input holds tokens.</summary>
    public bool IsTokens => Vocabulary > 0;
}

/// <summary>An output of a network.</summary>
/// <param name="Name">The name of its spans.</param>
/// <param name="Value">The number of its value.</param>
/// <param name="Shape">The shape of one sample.</param>
public sealed record OutputDescription(string Name, int Value, IReadOnlyList<int> Shape)
{
    /// <summary>The token inputs whose padding tells which steps, along the first axis, do not count: those where one of these inputs has its padding token. None where all count.</summary>
    public IReadOnlyList<int> PaddedInputs { get; init; } = [];

    /// <summary>The number of values of one sample.</summary>
    public int Length => SampleShape.Length(Shape);
}

/// <summary>A target of a network's losses.</summary>
/// <param name="Name">The name of its spans.</param>
/// <param name="Length">The number of values of one sample.</param>
/// <param name="Classes">The number of classes when the target holds class indices, otherwise 0.</param>
public sealed record TargetDescription(string Name, int Length, int Classes)
{
    /// <summary>The shape of one sample; one axis unless given.</summary>
    public IReadOnlyList<int> Shape { get; init; } = [Length];

    /// <summary>Whether the target holds class indices.</summary>
    public bool IsClasses => Classes > 0;
}

/// <summary>One layer, or one operation of a loss.</summary>
/// <param name="Name">The layer's name, as <c>dense1</c>.</param>
/// <param name="Kind">The kind, in the words of the declaration: Dense, MaxPool2D.</param>
/// <param name="Operands">The numbers of the values it reads.</param>
/// <param name="Shape">The shape of one sample of its result.</param>
public sealed record LayerDescription(string Name, string Kind, IReadOnlyList<int> Operands, IReadOnlyList<int> Shape)
{
    /// <summary>Every option of the kind with its value, defaults included: numbers, truth values, enumeration members, strings, int[].</summary>
    public IReadOnlyDictionary<string, object> Options { get; init; } = new Dictionary<string, object>();

    /// <summary>The weights, trained ones and statistics.</summary>
    public IReadOnlyList<WeightDescription> Weights { get; init; } = [];

    /// <summary>The user's scalar function, where the layer applies one, in double precision.</summary>
    public Func<double, double>? Function { get; init; }
}

/// <summary>One weight of a layer.</summary>
/// <param name="Name">The name in files: layer, dot, weight.</param>
/// <param name="Shape">The logical (Keras) shape.</param>
/// <param name="Initializer">How it starts.</param>
public sealed record WeightDescription(string Name, IReadOnlyList<int> Shape, Initializer Initializer)
{
    /// <summary>The initializer's number: a constant's value, a deviation, half a range, a gain. NaN means Keras's default.</summary>
    public double Scale { get; init; } = double.NaN;

    /// <summary>
    /// The first of the values, in logical order, that start at 1 whatever the initializer says, up to <see cref="OnesEnd"/>: the forget gate's
    /// biases of an LSTM, [units, 2 units). Both are 0 where there are none.
    /// </summary>
    public int OnesStart { get; init; }

    /// <summary>The end, exclusive, of the values that start at 1.</summary>
    public int OnesEnd { get; init; }

    /// <summary>The number of inputs of one unit, for initializers that scale with it.</summary>
    public int FanIn { get; init; } = 1;

    /// <summary>The number of outputs of one unit, for initializers that scale with it.</summary>
    public int FanOut { get; init; } = 1;

    /// <summary>True for a trained weight, false for a statistic.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>The factor of the sum of absolute values in the loss.</summary>
    public double L1 { get; init; }

    /// <summary>The factor of the sum of squares in the loss.</summary>
    public double L2 { get; init; }

    /// <summary>Names under which older files hold the weight.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The number of values.</summary>
    public int Length => SampleShape.Length(Shape);
}

/// <summary>One loss of a network.</summary>
/// <param name="Name">The name of the loss or of the user's method.</param>
public sealed record LossDescription(string Name)
{
    /// <summary>The built-in kind, or null for a method of the user's.</summary>
    public Loss? Kind { get; init; }

    /// <summary>The indices of the outputs it judges.</summary>
    public IReadOnlyList<int> Outputs { get; init; } = [0];

    /// <summary>The indices of its targets.</summary>
    public IReadOnlyList<int> Targets { get; init; } = [];

    /// <summary>The factor in the whole loss.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the output holds logits.</summary>
    public bool FromLogits { get; init; }

    /// <summary>The share of the target that is spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Where the Huber loss turns from quadratic to linear.</summary>
    public double Delta { get; init; } = 1;

    /// <summary>A per-element loss of the user's: (output, target) to loss, in double precision.</summary>
    public Func<double, double, double>? Function { get; init; }

    /// <summary>The run-time settings of a loss method, with their defaults.</summary>
    public IReadOnlyList<SettingDescription> Settings { get; init; } = [];

    /// <summary>
    /// The operations of a loss method over tensors, the last one being the loss. Operands are numbered: the outputs, the targets,
    /// the settings, then one per operation.
    /// </summary>
    public IReadOnlyList<LayerDescription> Operations { get; init; } = [];
}

/// <summary>A run-time setting of a loss method.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Default">Its value until set.</param>
public sealed record SettingDescription(string Name, double Default);
