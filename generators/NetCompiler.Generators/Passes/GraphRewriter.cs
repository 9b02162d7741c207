using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>Rebuilds a graph node by node, giving a rule the chance to put another node in the place of each; the bodies of scans likewise.</summary>
internal static class GraphRewriter
{
    /// <summary>A rule: the node to use instead of one with this operation and these (new) operands, or null to keep it.</summary>
    public delegate Node? Rule(GraphBuilder builder, Node node, IReadOnlyList<Node> operands);

    public static NetworkGraph Run(NetworkGraph graph, Rule rule)
    {
        var builder = new GraphBuilder();
        var replaced = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node[] operands = [.. node.Operands.Select(operand => replaced[operand])];
            replaced[node] = rule(builder, node, operands)
                ?? (operands.Length == 0 ? builder.Make(node.Operation, operands, node.Shape, node.IsBatched)
                    : builder.Make(node.Operation is ScanOperation scan ? scan with { Body = scan.Body.With(Run(scan.Body.Graph, rule)) } : node.Operation, operands));
        }

        return EliminateDeadValues.Run(graph with { Nodes = builder.Nodes, Results = [.. graph.Results.Select(result => result with { Node = replaced[result.Node] })] });
    }
}
