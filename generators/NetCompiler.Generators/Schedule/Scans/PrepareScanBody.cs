using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;
using NetCompiler.Generators.Passes;
using NetCompiler.Generators.Schedule.Layouts;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>
/// The graph that a step is scheduled from: results that nobody reads are gone, weights and numbers from around the scan are read as such,
/// the rest is simplified, and every result is a value of its own that a kernel writes.
/// </summary>
internal static class PrepareScanBody
{
    /// <param name="scan">The scan, in its graph.</param>
    /// <param name="isRead">Whether an output is read.</param>
    /// <param name="around">The values of the graph around it.</param>
    public static NetworkGraph Run(Node scan, Func<int, bool> isRead, StoragePlan around)
    {
        ScanBody body = ((ScanOperation)scan.Operation).Body;
        IReadOnlyList<GraphResult> read = [.. body.Graph.Results.Where(result => result.Role == ResultRole.ScanState || isRead(result.Index))];
        NetworkGraph graph = GraphRewriter.Run(body.Graph with { Results = read }, (builder, node, _) =>
            node.Operation is InputOperation { Role: InputRole.ScanInvariant } input && scan.Operands[body.Sequences + input.Index] is { Operation: InputOperation or ConstantOperation } outer
                ? builder.Make(outer.Operation, [], outer.Shape, outer.IsBatched)
                : null);
        graph = LowerSoftmax.Run(SimplifyGraph.Run(graph));
        return WithOwnResults(SettleLayouts.Run(graph, around.Weights, around.Derived), body);
    }

    private static NetworkGraph WithOwnResults(NetworkGraph graph, ScanBody body)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        HashSet<Node> readBySingles = [.. graph.Nodes.Where(node => node.Shape.Length == 1 && node.Operation is not ReshapeOperation).SelectMany(node => node.Operands).Select(Source)];
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node[] operands = [.. node.Operands.Select(operand => copies[operand])];
            if (node.Operation is ConcatOperation)
            {
                operands = [.. operands.Select(operand => IsComputed(operand) ? operand : builder.Apply(Elementwise.Copy, operand))];
            }

            Node copy = builder.Make(node.Operation, operands, node.Shape, node.IsBatched);
            bool isStrided = node.Shape.Length == 1 && node.IsBatched && node.Operation is SliceOperation or InputOperation { Role: InputRole.ScanSequence };
            copies[node] = isStrided && readBySingles.Contains(node) ? Stage(builder, copy) : copy;
        }

        Node Result(GraphResult result)
        {
            Node node = copies[result.Node];
            if (result.Role == ResultRole.ScanState)
            {
                Node state = body.Graph.Nodes.FirstOrDefault(input => input.Operation is InputOperation { Role: InputRole.ScanState } own && own.Index == result.Index) ?? node;
                node = builder.Broadcast(node, state.Shape, state.IsBatched);
            }

            node = IsComputed(node) || node.Operation is ConcatOperation ? node : builder.Apply(Elementwise.Copy, node);
            return result.Role == ResultRole.ScanOutput && node.Shape.Length == 1 && node.IsBatched ? Stage(builder, node) : node;
        }

        GraphResult[] results = [.. graph.Results.Select(result => result with { Node = Result(result) })];
        return EliminateDeadValues.Run(new NetworkGraph([.. builder.Nodes], results));
    }

    private static Node Stage(GraphBuilder builder, Node node) => builder.Make(new StageOperation(), [node], node.Shape, node.IsBatched);

    // Whether a kernel writes it: what is given, or a view of other values, is not.
    private static bool IsComputed(Node node) =>
        node.Operation is not (InputOperation or ConstantOperation or IotaOperation or ReshapeOperation or SliceOperation or ConcatOperation or StageOperation);

    private static Node Source(Node node) => node.Operation is ReshapeOperation ? Source(node.Operands[0]) : node;
}
