using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// The gradient of a convolution's weights takes the pixels that come back through windows of maxima one place of the window after another, masked
/// in registers, so that the large image of mostly zeros is never written where nothing else of the same call reads it: in a first layer of few
/// channels, as every tile of the window's rows masks them again. Before the groups, which find those pixels to be a part of the product.
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
        bool IsWeightGradient(Node node) => node.Operation is ContractOperation && ConvolutionForm.Match(node) is { Kind: ConvolutionKind.WeightGradient, Filters: > 1, WeightRows: <= TilingPolicy.MostMaskedRows }
            && !facts.IsRead(node) && results[node].Count() == 1 && results[node].First() is { Role: ResultRole.ParameterGradient } result && weights[result.Index].Packing == WeightPacking.Panels;
        bool IsMasked(Node node) => IsWeightGradient(node) && ConvolutionForm.Match(node)!.Small is { Operation: WindowScatterOperation scatter, Operands.Count: 2 } small
            && scatter.Axes.All(axis => axis.Size == axis.Stride) && scatter.Axes.Aggregate(1, (product, axis) => product * axis.Size) <= TilingPolicy.MostUnrolledPlaces
            && facts.ReadersOf(small).All(reader => reader == node || facts.DemandOf(reader) == Demand.Inputs);
        Node[] masked = [.. graph.Nodes.Where(IsMasked)];
        if (masked.Length == 0)
        {
            return graph;
        }

        return GraphRewriter.Copy(graph, (builder, node, operands) => masked.Contains(node) ? Mask(builder, node, operands) : null);
    }

    private static Node Mask(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        Node small = ConvolutionForm.Match(node)!.Small;
        var mask = new WindowMaskOperation(((WindowScatterOperation)small.Operation).Axes);
        return builder.Make(node.Operation, [.. node.Operands.Zip(operands, (old, copy) => old == small ? builder.Make(mask, copy.Operands, copy.Shape, copy.IsBatched) : copy)], node.Shape, node.IsBatched);
    }
}

/// <summary>A scatter of the gradients of windows that whoever reads it does in registers.</summary>
/// <param name="Axes">The windows.</param>
internal sealed record WindowMaskOperation(EquatableArray<WindowAxis> Axes) : Operation
{
    public override string Name => $"window_mask({WindowOperation.Describe(Axes)})";
}
