using System.Text;

namespace NetCompiler.Generators.Graph;

/// <summary>A graph as text, a line per node, for explanations and tests.</summary>
internal static class GraphPrinter
{
    public static string Print(NetworkGraph graph)
    {
        var text = new StringBuilder();
        Print(graph, text, "");
        return text.ToString();
    }

    // The body of a scan stands below it, further in.
    private static void Print(NetworkGraph graph, StringBuilder text, string indent)
    {
        foreach (Node node in graph.Nodes)
        {
            text.Append($"{indent}{node} = {node.Operation.Name}");
            if (node.Operands.Count > 0)
            {
                text.Append($" {string.Join(", ", node.Operands)}");
            }

            text.Append($" : {(node.IsBatched ? "batch x " : "")}{node.Shape}");
            text.Append(node.Origin.Length > 0 ? $"    // {node.Origin}\n" : "\n");
            if (node.Operation is ScanOperation scan)
            {
                Print(scan.Body.Graph, text, indent + "    ");
            }
        }

        foreach (GraphResult result in graph.Results)
        {
            text.Append($"{indent}{result.Role}[{result.Index}] = {result.Node}\n");
        }
    }
}
