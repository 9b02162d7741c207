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
    /// <param name="isPacked">Whether the weight of a number lies in another order than its rows.</param>
    public static HoistedGraph Run(NetworkGraph graph, Func<int, bool> isPacked)
    {
        var known = new WeightsOnly();
        List<Node> hoisted = [.. graph.Nodes.Where(node => IsWork(node) && known.Contains(node) && !known.IsConstant(node)
            && (graph.Results.Any(result => result.Node == node) || graph.Nodes.Any(user => !known.Contains(user) && user.Operands.Contains(node))))];
        if (hoisted.Count == 0)
        {
            return new HoistedGraph(graph, null, []);
        }

        // Where a product reads a value as its weights, it has to lie as weights do.
        DerivedSpec[] derived = [.. hoisted.Select(node => new DerivedSpec(node.Shape,
            graph.Nodes.Any(user => user.Operation is ContractOperation && !known.Contains(user) && user.Operands[1] == node)))];
        return new HoistedGraph(Inference(graph, hoisted), GraphVerifier.Verify(Preparation(graph, hoisted, derived, isPacked), nameof(HoistWeights)), derived);
    }

    // A view of a weight needs no work.
    private static bool IsWork(Node node) => node.Operands.Count > 0 && node.Operation is not ReshapeOperation;

    private static NetworkGraph Inference(NetworkGraph graph, List<Node> hoisted)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            int index = hoisted.IndexOf(node);
            copies[node] = index >= 0
                ? builder.Input(InputRole.Derived, index, node.Shape, isBatched: false)
                : builder.Make(node.Operation, [.. node.Operands.Select(operand => copies[operand])], node.Shape, node.IsBatched);
        }

        return GraphVerifier.Verify(EliminateDeadValues.Run(graph with
        {
            Nodes = builder.Nodes,
            Results = [.. graph.Results.Select(result => result with { Node = copies[result.Node] })],
        }), nameof(HoistWeights));
    }

    private static NetworkGraph Preparation(NetworkGraph graph, List<Node> hoisted, DerivedSpec[] derived, Func<int, bool> isPacked)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        bool IsPacked(Node node) => node.Operation is InputOperation { Role: InputRole.Parameter or InputRole.Statistic } input && isPacked(input.Index);

        // A product reads its weights packed, everything else as rows.
        Node Read(Node user, Node operand, int index) => IsPacked(operand) && !(user.Operation is ContractOperation && index == 1)
            ? builder.Make(new PackOperation(IsPacking: false), [copies[operand]])
            : copies[operand];
        foreach (Node node in graph.Nodes.Where(node => !node.IsBatched))
        {
            builder.Origin = node.Origin;
            if (node.Operands.All(copies.ContainsKey))
            {
                copies[node] = builder.Make(node.Operation, [.. node.Operands.Select((operand, i) => Read(node, operand, i))], node.Shape, node.IsBatched);
            }
        }

        var results = new List<GraphResult>();
        for (int i = 0; i < hoisted.Count; i++)
        {
            Node value = copies[hoisted[i]];
            results.Add(new GraphResult(ResultRole.Derived, i, derived[i].IsPacked ? builder.Make(new PackOperation(IsPacking: true), [value]) : value));
        }

        return EliminateDeadValues.Run(new NetworkGraph(builder.Nodes, results));
    }
}

/// <summary>An inference graph without what depends on the weights alone, and the graph of that.</summary>
internal sealed record HoistedGraph(NetworkGraph Inference, NetworkGraph? Preparation, IReadOnlyList<DerivedSpec> Derived);

/// <summary>A derived value: its shape, and whether it lies as the weights of a product do.</summary>
internal sealed record DerivedSpec(Shape Shape, bool IsPacked);
