using NetCompiler.Generators.Graph;

namespace NetCompiler.Generators.Passes;

/// <summary>Keeps the nodes that a result depends on. Last of all, since every other pass may leave nodes behind.</summary>
internal static class EliminateDeadValues
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        var alive = new HashSet<Node>(graph.Results.Select(result => result.Node));
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (alive.Contains(graph.Nodes[i]))
            {
                alive.UnionWith(graph.Nodes[i].Operands);
            }
        }

        return graph with { Nodes = [.. graph.Nodes.Where(alive.Contains)] };
    }
}
