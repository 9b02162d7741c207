using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>
/// Around a scan everything lies in memory: sequences that are only numbers, and results that the scan itself cannot write where they are
/// asked for, become copies. First of all in the schedule, so that the others meet ordinary values.
/// </summary>
internal static class PrepareScans
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        if (!graph.Nodes.Any(node => node.Operation is ScanOperation))
        {
            return graph;
        }

        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node[] operands = [.. node.Operands.Select(operand => copies[operand])];
            if (node.Operation is ScanOperation scan)
            {
                for (int i = 0; i < scan.Body.Sequences; i++)
                {
                    operands[i] = operands[i].Operation is IotaOperation ? builder.Apply(Elementwise.Copy, operands[i]) : operands[i];
                }
            }

            copies[node] = builder.Make(node.Operation, operands, node.Shape, node.IsBatched);
        }

        Node Result(GraphResult result)
        {
            Node node = copies[result.Node];
            return Source(node).Operation is ScanResultOperation scanned && (scanned.IsState || result.Role != ResultRole.Output) ? builder.Apply(Elementwise.Copy, node) : node;
        }

        GraphResult[] results = [.. graph.Results.Select(result => result with { Node = Result(result) })];
        return graph with { Nodes = [.. builder.Nodes], Results = results };
    }

    private static Node Source(Node node) => node.Operation is ReshapeOperation ? Source(node.Operands[0]) : node;
}
