using System.Globalization;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph;

/// <summary>What a node computes; its operands sit in the node. Operations compare by value, so that equal nodes can be one.</summary>
internal abstract record Operation
{
    /// <summary>The name in printed graphs.</summary>
    public abstract string Name { get; }
}

/// <summary>A value that comes from outside.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Index">Which one, among those of its role.</param>
internal sealed record InputOperation(InputRole Role, int Index) : Operation
{
    public override string Name => $"{Role}[{Index}]";
}

/// <summary>What comes from outside.</summary>
internal enum InputRole
{
    /// <summary>An input of the network.</summary>
    Feature,

    /// <summary>A target of the losses; class indices arrive as integers.</summary>
    Target,

    /// <summary>A trained weight; the index counts the plan's weights.</summary>
    Parameter,

    /// <summary>A weight that is not trained; the index counts the plan's weights.</summary>
    Statistic,

    /// <summary>A run-time number of a loss method.</summary>
    Setting,

    /// <summary>Per sample: its weight divided by the number of samples.</summary>
    SampleScale,

    /// <summary>The number of samples.</summary>
    BatchCount,

    /// <summary>The gradient of an output, given by the caller.</summary>
    OutputGradient,

    /// <summary>An input of tokens, which arrive as integers and have no gradient; the index counts all inputs.</summary>
    Tokens,

    /// <summary>In the body of a scan: this step's part of a sequence.</summary>
    ScanSequence,

    /// <summary>In the body of a scan: a value that is the same in every step.</summary>
    ScanInvariant,

    /// <summary>In the body of a scan: a state as the step before left it.</summary>
    ScanState,

    /// <summary>A state that the caller owns, of a network that is run step by step.</summary>
    State,

    /// <summary>What inference derives from the weights: a result of the preparing graph.</summary>
    Derived,
}

/// <summary>A number.</summary>
internal sealed record ConstantOperation(double Value) : Operation
{
    public override string Name => Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>0, 1, 2, ... along the last axis.</summary>
internal sealed record IotaOperation(int Extent) : Operation
{
    public override string Name => $"iota({Extent})";
}

/// <summary>A function of the operands at the same place; operands of smaller shape are repeated, their last axes aligned.</summary>
internal sealed record ElementwiseNodeOperation(ElementwiseOperation Function) : Operation
{
    public override string Name => Function.Name;
}

/// <summary>exp(x) / sum exp(x), or its logarithm, over the last axis. Lowered to elementwise and reductions once gradients exist.</summary>
internal sealed record SoftmaxOperation(bool IsLogarithm) : Operation
{
    public override string Name => IsLogarithm ? "log_softmax" : "softmax";
}

/// <summary>A sum or a maximum. The reduced axes stay, with extent 1, except the batch, which goes.</summary>
/// <param name="Kind">Sum or maximum.</param>
/// <param name="Extent">What is reduced.</param>
internal sealed record ReduceOperation(ReduceKind Kind, ReduceExtent Extent) : Operation
{
    public override string Name => $"reduce_{Kind.ToString().ToLowerInvariant()}_{Extent.ToString().ToLowerInvariant()}";
}

internal enum ReduceKind
{
    Sum,
    Max,
}

internal enum ReduceExtent
{
    /// <summary>The last axis: one value per row.</summary>
    LastAxis,

    /// <summary>The last axis but one: (.., m, n) becomes (.., 1, n). Over more axes: reshaped to one first, which moves nothing.</summary>
    RowAxis,

    /// <summary>The batch and every axis but the last: one row.</summary>
    Rows,

    /// <summary>Every axis of a function of one weight: one number, of shape (1).</summary>
    Everything,
}

/// <summary>
/// A sum of products over the labels that the result lacks, written as labels of the axes, "bk,kn->bn"; the label of the batch is b.
/// An axis may be an affine sum of labels: "b(2h+y)(w+x)c,yxcn->bhwn" is a convolution with stride 2 along the height. Where it stands in the
/// result, terms with the same index are added up. Indices never leave their axes: what pads comes before.
/// </summary>
internal sealed record ContractOperation(string Left, string Right, string Result) : Operation
{
    /// <summary>The result's shape, which affine axes do not tell; without them it is empty.</summary>
    public EquatableArray<int> ResultShape { get; init; }

    public override string Name => $"contract({Left},{Right}->{Result})";
}

/// <summary>The same values, in the same order, under another shape.</summary>
internal sealed record ReshapeOperation(Shape Shape) : Operation
{
    public override string Name => $"reshape{Shape}";
}

/// <summary>The operand repeated to a larger shape, its last axes aligned, and over the batch.</summary>
internal sealed record BroadcastOperation(Shape Shape, bool IsBatched) : Operation
{
    public override string Name => $"broadcast{Shape}";
}

/// <summary>A dropout mask: 0 with the probability of the rate, else 1 / (1 - rate). A function of seed, layer, step, sample and element.</summary>
internal sealed record DropoutMaskOperation(double Rate, int Layer, Shape Shape) : Operation
{
    /// <summary>Distinguishes the masks of one layer.</summary>
    public int Ordinal { get; init; }

    public override string Name => $"dropout_mask({Rate.ToString("R", CultureInfo.InvariantCulture)}, layer {Layer}{(Ordinal == 0 ? "" : $", {Ordinal}")})";
}

/// <summary>Normal noise with mean 0 in training, 0 otherwise. A function of seed, layer, step, sample and element.</summary>
internal sealed record NoiseOperation(double Deviation, int Layer, Shape Shape) : Operation
{
    public override string Name => $"noise({Deviation.ToString("R", CultureInfo.InvariantCulture)}, layer {Layer})";
}
