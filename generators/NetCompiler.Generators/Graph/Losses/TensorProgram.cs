using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Losses;

/// <summary>The operations of a user's loss method as primitives.</summary>
internal static class TensorProgram
{
    /// <summary>The result of the last operation: one value per sample, the mean over the steps that count, or one for the batch.</summary>
    /// <param name="builder">The graph; each operation is the origin of its nodes, behind the loss.</param>
    /// <param name="operations">The operations; operands are numbered: the given values first, then the operations.</param>
    /// <param name="given">The outputs, targets and settings.</param>
    /// <param name="givenMasks">Which steps of each given value count, (T), or null where all do.</param>
    public static Node Lower(GraphBuilder builder, IReadOnlyList<LayerSpec> operations, IReadOnlyList<Node> given, IReadOnlyList<Node?> givenMasks)
    {
        List<Node> values = [.. given];
        List<Node?> masks = [.. givenMasks];
        string loss = builder.Origin;
        for (int i = 0; i < operations.Count; i++)
        {
            LayerSpec operation = operations[i];
            LayerRule rule = LossMethodRules.Find(operation.Kind)!;
            builder.Origin = Origin(loss, operation);
            Node[] inputs = [.. operation.Operands.Select(operand => Operand(builder, rule, values[operand]))];
            var lowering = new LayerLowering(builder, i, isTraining: false, name => throw new InvalidOperationException($"{operation.Kind} has a weight {name}, in a loss method."))
            {
                Masks = [.. operation.Operands.Select(operand => masks[operand])],
            };
            Node value = rule.Lower(operation, inputs, lowering);
            values.Add(value);
            masks.Add(value.IsBatched && lowering.Masks.Any(mask => mask is not null) ? rule.Mask(operation, inputs, lowering) : null);
        }

        builder.Origin = loss;
        Node result = values[values.Count - 1];
        return result.IsBatched ? LossLowering.Mean(builder, masks[masks.Count - 1], result) : builder.Reshape(result, new Shape(1));
    }

    /// <summary>The shapes of the results of all operations.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="given">The shapes of the outputs, targets and settings.</param>
    public static IReadOnlyList<Shape> Shapes(IReadOnlyList<LayerSpec> operations, IReadOnlyList<Shape> given)
    {
        List<Shape> shapes = [.. given];
        foreach (LayerSpec operation in operations)
        {
            shapes.Add(LossMethodRules.Find(operation.Kind)!.InferShape(operation, [.. operation.Operands.Select(operand => shapes[operand])], new ProblemSink())!.Value);
        }

        return shapes.GetRange(given.Count, operations.Count);
    }

    /// <summary>What the nodes of an operation come from.</summary>
    public static string Origin(string loss, LayerSpec operation) => loss + "." + operation.Name;

    private static Node Operand(GraphBuilder builder, LayerRule rule, Node value)
    {
        // Classes arrive as integers: the losses of classes read them as they are, formulas turn them into numbers, and what moves or adds them up wants numbers.
        bool isRead = rule.Kind.StartsWith(LossMethodRules.LossPrefix, StringComparison.Ordinal) || rule is TensorOperationRule or ElementwiseMergeRule;
        Node number = !isRead && value.Operation is InputOperation { Role: InputRole.Target } ? builder.Apply(Elementwise.Copy, value) : value;

        // What is one value for the batch stays that in sums, and is repeated for what knows samples only.
        return rule.TakesUnbatched || rule is ReduceRule ? number : builder.PerSample(number);
    }
}
