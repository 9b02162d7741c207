using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Losses;

/// <summary>The operations of a user's loss method as primitives.</summary>
internal static class TensorProgram
{
    private const string LossPrefix = "Losses.";

    /// <summary>The result of the last operation: one value per sample, the mean over the steps that count, or one for the batch.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="operations">The operations; operands are numbered: the given values first, then the operations.</param>
    /// <param name="given">The outputs, targets and settings.</param>
    /// <param name="givenMasks">Which steps of each given value count, (T), or null where all do.</param>
    public static Node Lower(GraphBuilder builder, IReadOnlyList<LayerSpec> operations, IReadOnlyList<Node> given, IReadOnlyList<Node?> givenMasks)
    {
        List<Node> values = [.. given];
        List<Node?> masks = [.. givenMasks];
        foreach (LayerSpec operation in operations)
        {
            Node[] operands = [.. operation.Operands.Select(operand => values[operand])];
            Node?[] operandMasks = [.. operation.Operands.Select(operand => masks[operand])];
            values.Add(operation.Kind.StartsWith(LossPrefix, StringComparison.Ordinal)
                ? LossLowering.Lower(builder, operation.Kind.Substring(LossPrefix.Length), operands[0], operands[1], fromLogits: false, labelSmoothing: 0, delta: 1, operandMasks[0])
                : Lower(builder, operation, operands));
            masks.Add(Mask(builder, operation, values[values.Count - 1], operandMasks));
        }

        Node result = values[values.Count - 1];
        return result.IsBatched ? LossLowering.Mean(builder, masks[masks.Count - 1], result) : builder.Reshape(result, new Shape(1));
    }

    // Values that still have steps, those that a reduction over the last axis leaves too, count where all that they were made of do.
    private static Node? Mask(GraphBuilder builder, LayerSpec operation, Node value, IReadOnlyList<Node?> masks)
    {
        if (operation.Kind.StartsWith(LossPrefix, StringComparison.Ordinal) || (operation.Kind is "Sum" or "Mean" or "Max" && IsOverAll(operation)))
        {
            return null;
        }

        Node? common = null;
        foreach (Node? mask in masks)
        {
            common = mask is null || ReferenceEquals(mask, common) || (common is not null && common.Shape[0] != mask.Shape[0]) ? common : common is null ? mask : builder.Multiply(common, mask);
        }

        return common is not null && value.IsBatched && value.Shape.Rank > 0 && value.Shape[0] == common.Shape[0] ? common : null;
    }

    /// <summary>One operation over its operands.</summary>
    public static Node Lower(GraphBuilder builder, LayerSpec operation, IReadOnlyList<Node> x) =>
        operation.Kind switch
        {
            "Add" => builder.Add(x[0], x[1]),
            "Subtract" => builder.Subtract(x[0], x[1]),
            "Multiply" => builder.Multiply(x[0], x[1]),
            "Divide" => builder.Apply(Elementwise.Divide, x[0], x[1]),
            "Maximum" => builder.Apply(Elementwise.Maximum, x[0], x[1]),
            "Minimum" => builder.Apply(Elementwise.Minimum, x[0], x[1]),
            "Negate" => builder.Apply(Elementwise.Negate, x[0]),
            "Square" => builder.Apply(Elementwise.Square, x[0]),
            "Sqrt" => builder.Apply(Elementwise.Sqrt, x[0]),
            "Exp" => builder.Apply(Elementwise.Exp, x[0]),
            "Log" => builder.Apply(Elementwise.Log, x[0]),
            "Abs" => builder.Apply(Elementwise.Abs, x[0]),
            "Sigmoid" => builder.Apply(Elementwise.Sigmoid, x[0]),
            "Tanh" => builder.Apply(Elementwise.Tanh, x[0]),
            "Relu" => builder.Apply(Elementwise.Relu, x[0]),
            "Softplus" => builder.Apply(Elementwise.Softplus, x[0]),
            "Clip" => builder.Apply(Elementwise.Clip(operation.Real("Min"), operation.Real("Max")), x[0]),
            "Pow" => builder.Apply(Elementwise.Power(operation.Real("Exponent")), x[0]),
            "Constant" => builder.Constant(operation.Real("Value")),
            "Map" => builder.Apply(UserFunction.ToOperation(operation.Function!), x[0]),
            "Sum" => Sum(builder, operation, x[0]),
            "Mean" => Mean(builder, operation, x[0]),
            "Max" when IsOverAll(operation) => builder.Reduce(ReduceKind.Max, ReduceExtent.LastAxis, Flat(builder, x[0])),
            "Max" => DropLast(builder, builder.Reduce(ReduceKind.Max, ReduceExtent.LastAxis, x[0])),
            "BatchSum" => OverBatch(builder, x[0]),
            "BatchMean" => builder.Apply(Elementwise.Divide, OverBatch(builder, x[0]), builder.Input(InputRole.BatchCount, 0, Shape.Scalar, isBatched: false)),
            _ => throw new InvalidOperationException($"{operation.Kind} is no operation of tensors."),
        };

    private static bool IsOverAll(LayerSpec operation) => operation.Integers("Axis").Count == 0;

    private static Node Flat(GraphBuilder builder, Node x) => builder.Reshape(x, new Shape((int)x.Shape.Length));

    private static Node Sum(GraphBuilder builder, LayerSpec operation, Node x) =>
        IsOverAll(operation) ? builder.SumSample(x) : DropLast(builder, builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, x));

    private static Node Mean(GraphBuilder builder, LayerSpec operation, Node x) =>
        builder.Scale(Sum(builder, operation, x), 1.0 / (IsOverAll(operation) ? x.Shape.Length : x.Shape[-1]));

    private static Node DropLast(GraphBuilder builder, Node x) =>
        x.Shape.Rank == 1 ? x : builder.Reshape(x, new Shape([.. x.Shape.Sizes.Take(x.Shape.Rank - 1)]));

    // A sum over the samples alone: other axes are carried along as one.
    private static Node OverBatch(GraphBuilder builder, Node x) => builder.Reshape(builder.SumRows(Flat(builder, AsFloats(builder, x))), x.Shape);

    // Classes arrive as integers; what reads them one by one turns them into numbers, a sum over rows does not.
    private static Node AsFloats(GraphBuilder builder, Node x) =>
        x.Operation is InputOperation { Role: InputRole.Target } ? builder.Apply(Elementwise.Copy, x) : x;
}
