using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// Takes what depends on the weights alone out of an inference graph, into a graph of its own that runs when a weight has changed. Last of
/// the passes over inference, since the others make such values.
/// </summary>
internal static class HoistWeights
{
    /// <summary>The inference graph, which reads derived values as inputs, and the graph that computes them, or null where there are none.</summary>
    /// <param name="graph">The inference graph.</param>
    /// <param name="hasRows">Whether a weight's rows lie one behind another; without it, no table is computed row by row.</param>
    public static HoistedGraph Run(NetworkGraph graph, Func<int, bool>? hasRows = null)
    {
        var known = new WeightsOnly();
        List<Node> hoisted = [.. graph.Nodes.Where(node => IsWork(node) && known.Contains(node) && !known.IsConstant(node)
            && (graph.Results.Any(result => result.Node == node) || graph.Nodes.Any(user => !known.Contains(user) && user.Operands.Contains(node))))];
        if (hoisted.Count == 0)
        {
            return new HoistedGraph(graph, null, []);
        }

        // Where a product reads a value as its weights, it has to lie as weights do; what is narrow has one layout, whether a product reads it here or in the body of a scan.
        DerivedSpec[] derived = [.. hoisted.Select(node => new DerivedSpec(node.Shape,
            node.Operation is NarrowOperation || graph.Nodes.Any(user => user.Operation is ContractOperation or WinogradOperation && !known.Contains(user) && user.Operands[1] == node),
            (node.Operation as NarrowOperation)?.Format))];
        TableByRow[] rows = hasRows is null ? [] : [.. hoisted.Select((node, index) => derived[index] is { IsPacked: false, Format: null } ? TableRows.Find(graph, node, index, hasRows) : null).OfType<TableByRow>()];
        bool isWhole = rows.Length < hoisted.Count;
        return new HoistedGraph(Inference(graph, hoisted), isWhole ? GraphVerifier.Verify(Preparation(graph, hoisted, rows), nameof(HoistWeights)) : null, derived) { Rows = rows };
    }

    /// <summary>Another graph whose derived values follow those of a first one: both read what one preparation computes. The other one has no tables by row.</summary>
    public static HoistedGraph Join(HoistedGraph first, HoistedGraph second)
    {
        if (second.Preparation is null)
        {
            return first with { Inference = second.Inference };
        }

        var both = new GraphBuilder();
        var results = new List<GraphResult>();
        var derived = new List<DerivedSpec>();
        int[] Add(HoistedGraph part)
        {
            var copies = new Dictionary<Node, Node>();
            foreach (Node node in part.Preparation?.Nodes ?? [])
            {
                both.Origin = node.Origin;
                copies[node] = both.Make(node.Operation, [.. node.Operands.Select(operand => copies[operand])], node.Shape, node.IsBatched);
            }

            // What both read in one form is kept once.
            return [.. part.Derived.Select((spec, index) =>
            {
                if (part.Rows.Any(rows => rows.Derived == index))
                {
                    derived.Add(spec);
                    return derived.Count - 1;
                }

                Node node = copies[part.Preparation!.Results.Single(result => result.Index == index).Node];
                if (results.Find(result => result.Node == node && derived[result.Index] == spec) is { } known)
                {
                    return known.Index;
                }

                derived.Add(spec);
                results.Add(new GraphResult(ResultRole.Derived, derived.Count - 1, node));
                return derived.Count - 1;
            })];
        }

        Add(first);
        int[] places = Add(second);
        var moved = GraphRewriter.Run(second.Inference, (builder, node, _) => node.Operation is InputOperation { Role: InputRole.Derived } input
            ? builder.Input(InputRole.Derived, places[input.Index], node.Shape, isBatched: false)
            : null);
        return new HoistedGraph(moved, GraphVerifier.Verify(new NetworkGraph(both.Nodes, results), nameof(HoistWeights)), derived) { Rows = first.Rows };
    }

    // A view of a weight needs no work.
    private static bool IsWork(Node node) => node.Operands.Count > 0 && node.Operation is not ReshapeOperation;

    private static NetworkGraph Inference(NetworkGraph graph, List<Node> hoisted) =>
        GraphVerifier.Verify(GraphRewriter.Copy(graph, (builder, node, _) => hoisted.IndexOf(node) is >= 0 and var index
            ? builder.Input(InputRole.Derived, index, node.Shape, isBatched: false)
            : null), nameof(HoistWeights));

    private static NetworkGraph Preparation(NetworkGraph graph, List<Node> hoisted, IReadOnlyList<TableByRow> rows) =>
        EliminateDeadValues.Run(new NetworkGraph(graph.Nodes, [.. hoisted.Select((node, i) => new GraphResult(ResultRole.Derived, i, node)).Where(result => rows.All(table => table.Derived != result.Index))]));
}

/// <summary>An inference graph without what depends on the weights alone, and the graph of that.</summary>
internal sealed record HoistedGraph(NetworkGraph Inference, NetworkGraph? Preparation, IReadOnlyList<DerivedSpec> Derived)
{
    /// <summary>The derived values that the preparation leaves out, since they are computed row by row.</summary>
    public IReadOnlyList<TableByRow> Rows { get; init; } = [];
}

/// <summary>A derived value: its shape, whether it lies as the weights of a product do, and the format it is rounded to, if any.</summary>
internal sealed record DerivedSpec(Shape Shape, bool IsPacked, NarrowFormat? Format);
