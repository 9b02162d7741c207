using System.Text;

namespace NetCompiler.Generators.Graph;

/// <summary>A graph as text, a line per node, for explanations and tests.</summary>
internal static class GraphPrinter
{
    public static string Print(NetworkGraph graph)
    {
        var text = new StringBuilder();
        foreach (Node node in graph.Nodes)
        {
            text.Append($"{node} = {node.Operation.Name}");
            if (node.Operands.Count > 0)
            {
                text.Append($" {string.Join(", ", node.Operands)}");
            }

            text.Append($" : {(node.IsBatched ? "batch x " : "")}{node.Shape}");
            text.Append(node.Origin.Length > 0 ? $"    // {node.Origin}\n" : "\n");
        }

        foreach (GraphResult result in graph.Results)
        {
            text.Append($"{result.Role}[{result.Index}] = {result.Node}\n");
        }

        return text.ToString();
    }
}
