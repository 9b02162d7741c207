using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// The gradient of a convolution's weights takes the pixels that come back through windows of maxima one place of the window after another, masked
/// in registers, so that the large image of mostly zeros is never written where nothing else of the same call reads it: in a first layer. Before
/// the groups, which find those pixels to be a part of the product.
/// </summary>
internal static class MaskWindows
{
    public static NetworkGraph Run(NetworkGraph graph, IReadOnlyList<PlannedWeight> weights)
    {
        if (!graph.Nodes.Any(node => node.Operation is WindowScatterOperation))
        {
            return graph;
        }

        var facts = new NodeFacts(graph);
        ILookup<Node, GraphResult> results = graph.Results.ToLookup(result => result.Node);

        // It adds up in its own result, in the layout of the weight.
        bool IsWeightGradient(Node node) => node.Operation is ContractOperation && ConvolutionForm.Match(node) is { Kind: ConvolutionKind.WeightGradient, Filters: > 1 }
            && !facts.IsRead(node) && results[node].Count() == 1 && results[node].First() is { Role: ResultRole.ParameterGradient } result && weights[result.Index].Packing == WeightPacking.Panels;
        bool IsMasked(Node node) => IsWeightGradient(node) && ConvolutionForm.Match(node)!.Small is { Operation: WindowScatterOperation scatter, Operands.Count: 2 } small
            && scatter.Axes.All(axis => axis.Size == axis.Stride) && scatter.Axes.Aggregate(1, (product, axis) => product * axis.Size) <= TilingPolicy.MostUnrolledPlaces
            && facts.ReadersOf(small).All(reader => reader == node || facts.DemandOf(reader) == Demand.Inputs);
        Node[] masked = [.. graph.Nodes.Where(IsMasked)];
        if (masked.Length == 0)
        {
            return graph;
        }

        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node Copy(Node operand) => masked.Contains(node) && operand == ConvolutionForm.Match(node)!.Small && operand.Operation is WindowScatterOperation scatter
                ? builder.Make(new WindowMaskOperation(scatter.Axes), [.. operand.Operands.Select(value => copies[value])], operand.Shape, operand.IsBatched)
                : copies[operand];
            copies[node] = builder.Make(node.Operation, [.. node.Operands.Select(Copy)], node.Shape, node.IsBatched);
        }

        return Passes.EliminateDeadValues.Run(graph with { Nodes = builder.Nodes, Results = [.. graph.Results.Select(result => result with { Node = copies[result.Node] })] });
    }
}

/// <summary>A scatter of the gradients of windows that whoever reads it does in registers.</summary>
/// <param name="Axes">The windows.</param>
internal sealed record WindowMaskOperation(EquatableArray<WindowAxis> Axes) : Operation
{
    public override string Name => $"window_mask({WindowOperation.Describe(Axes)})";
}
