using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// A convolution that windows alone read computes no pixel that they leave out: 13 x 13 pixels under windows of 2 x 2 become 12 x 12, and so
/// does the gradient that comes back. Before the gradients are taken, when the windows are the only readers.
/// </summary>
internal static class ShrinkWindows
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        var readers = graph.Nodes.SelectMany(node => node.Operands.Distinct()).GroupBy(operand => operand).ToDictionary(group => group.Key, group => group.Count());
        var results = new HashSet<Node>(graph.Results.Select(result => result.Node));
        return GraphRewriter.Run(graph, (builder, node, operands) =>
            node.Operation is WindowOperation window && readers[node.Operands[0]] == 1 && !results.Contains(node.Operands[0]) && Shrunk(operands[0], Reached(window, operands[0].Shape)) is { } smaller
                ? builder.Make(window, [Made(builder, smaller, operands[0])])
                : null);
    }

    // It comes from the convolution's layer as before, not from the windows'.
    private static Node Made(GraphBuilder builder, ContractOperation smaller, Node convolution)
    {
        string origin = builder.Origin;
        builder.Origin = convolution.Origin;
        Node made = builder.Make(smaller, convolution.Operands);
        builder.Origin = origin;
        return made;
    }

    private static Shape Reached(WindowOperation window, Shape shape) =>
        new([.. window.Axes.Select((axis, i) => ((shape[i] - axis.Size) / axis.Stride * axis.Stride) + axis.Size), shape[-1]]);

    // The labels of the result that become shorter must be part of a sum everywhere else, which bears it.
    private static ContractOperation? Shrunk(Node node, Shape shape)
    {
        if (shape == node.Shape || node.Operation is not ContractOperation { ResultShape.Count: > 0 } contract || AxisLabels.AreAffine(contract.Result))
        {
            return null;
        }

        IReadOnlyList<AxisTerm>[] result = [.. AxisLabels.Parse(contract.Result).Where(axis => axis[0].Label != AxisLabels.Batch)];
        IReadOnlyList<AxisTerm>[] operands = [.. AxisLabels.Parse(contract.Left).Concat(AxisLabels.Parse(contract.Right))];
        char[] shorter = [.. result.Where((_, i) => shape[i] != node.Shape[i]).Select(axis => axis[0].Label)];
        return operands.Any(axis => axis.Count == 1 && shorter.Contains(axis[0].Label)) ? null : contract with { ResultShape = shape.Sizes };
    }
}
