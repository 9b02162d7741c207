using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>Rebuilds a graph node by node, giving a rule the chance to put another node in the place of each.</summary>
internal static class GraphRewriter
{
    /// <summary>A rule: the node to use instead of one with this operation and these (new) operands, or null to keep it.</summary>
    public delegate Node? Rule(GraphBuilder builder, Node node, IReadOnlyList<Node> operands);

    /// <summary>Shapes follow from the new operands, and the bodies of scans are rebuilt likewise.</summary>
    public static NetworkGraph Run(NetworkGraph graph, Rule rule) => Rebuild(graph, rule, (builder, node, operands) =>
        operands.Length == 0 || (node.Operation is not ScanOperation && HaveKeptShapes(node, operands)) ? Keep(builder, node, operands)
            : builder.Make(node.Operation is ScanOperation scan ? scan with { Body = scan.Body.With(Run(scan.Body.Graph, rule)) } : node.Operation, operands));

    /// <summary>What the rule keeps has its shape, as operations of the schedule have no rule for theirs; the bodies of scans stay as they are.</summary>
    public static NetworkGraph Copy(NetworkGraph graph, Rule rule) => Rebuild(graph, rule, Keep);

    private static bool HaveKeptShapes(Node node, Node[] operands)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands[i].Shape != node.Operands[i].Shape || operands[i].IsBatched != node.Operands[i].IsBatched)
            {
                return false;
            }
        }

        return true;
    }

    private static Node Keep(GraphBuilder builder, Node node, Node[] operands) => builder.Make(node.Operation, operands, node.Shape, node.IsBatched);

    private static NetworkGraph Rebuild(NetworkGraph graph, Rule rule, Func<GraphBuilder, Node, Node[], Node> keep)
    {
        var builder = new GraphBuilder();
        var replaced = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node[] operands = [.. node.Operands.Select(operand => replaced[operand])];
            replaced[node] = rule(builder, node, operands) ?? keep(builder, node, operands);
        }

        return EliminateDeadValues.Run(graph with { Nodes = builder.Nodes, Results = [.. graph.Results.Select(result => result with { Node = replaced[result.Node] })] });
    }
}
