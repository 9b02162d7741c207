namespace NetCompiler.Generators.Graph;

/// <summary>Checks what every pass must leave true: operands come first, shapes follow their rules, results are nodes of the graph.</summary>
internal static class GraphVerifier
{
    public static NetworkGraph Verify(NetworkGraph graph, string pass)
    {
        var seen = new HashSet<Node>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Operands.FirstOrDefault(operand => !seen.Contains(operand)) is { } missing)
            {
                throw new InvalidOperationException($"After {pass}, {node} reads {missing}, which does not come before it.");
            }

            if (node.Operands.Count > 0 && ShapeRules.Infer(node.Operation, node.Operands) is var (shape, isBatched)
                && (shape != node.Shape || isBatched != node.IsBatched))
            {
                throw new InvalidOperationException($"After {pass}, {node} = {node.Operation.Name} has the shape {node.Shape}, but its rule gives {shape}.");
            }

            if (node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function.Arity != node.Operands.Count)
            {
                throw new InvalidOperationException($"After {pass}, {node} = {node.Operation.Name} has {node.Operands.Count} operands.");
            }

            if (node.Operation is ScanOperation scan)
            {
                Verify(scan.Body.Graph, $"{pass}, in the body of {node}");
            }

            seen.Add(node);
        }

        if (graph.Results.FirstOrDefault(result => !seen.Contains(result.Node)) is { } lost)
        {
            throw new InvalidOperationException($"After {pass}, the result {lost.Role}[{lost.Index}] is no node of the graph.");
        }

        return graph;
    }
}
