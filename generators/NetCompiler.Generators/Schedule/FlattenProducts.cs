using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Passes;

namespace NetCompiler.Generators.Schedule;

/// <summary>
/// An elementwise operation on a row of products seen as an image is done on the row, and its result seen as the image: in the loops of the product, which
/// then takes it into its epilogue instead of leaving another pass over memory. Before the groups, which join what has the same loops.
/// </summary>
internal static class FlattenProducts
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        var facts = new NodeFacts(graph);
        var results = new HashSet<Node>(graph.Results.Select(result => result.Node));
        var flattened = new HashSet<Node>();

        bool IsReadOnce(Node node) => facts.ReadersOf(node).Count == 1 && !results.Contains(node);

        // An image that is a row of products, or what was made of one, for this operation alone.
        bool IsRow(Node operand) => IsReadOnce(operand) && operand.Shape.Rank > 1 && operand.Shape[-1] % TilingPolicy.RowAlignment == 0
            && (flattened.Contains(operand) || (operand.Operation is ReshapeOperation && operand.Operands[0] is { Shape.Rank: 1, Operation: ContractOperation } row && IsReadOnce(row)));
        foreach (Node node in graph.Nodes)
        {
            if (node.Operation is ElementwiseNodeOperation && node.IsBatched && node.Operands.Any(IsRow)
                && node.Operands.All(operand => operand.Shape.Length == 1 || (operand.Shape == node.Shape && operand.IsBatched && operand.Operation is not (InputOperation or IotaOperation))))
            {
                flattened.Add(node);
            }
        }

        if (flattened.Count == 0)
        {
            return graph;
        }

        return GraphRewriter.Copy(graph, (builder, node, operands) => flattened.Contains(node) ? Flatten(builder, node, operands) : null);
    }

    private static Node Flatten(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        var row = new Shape((int)node.Shape.Length);
        Node[] rows = [.. operands.Select(operand => operand.Shape.Length == 1 ? operand
            : operand.Operation is ReshapeOperation && operand.Operands[0].Shape == row ? operand.Operands[0] : builder.Reshape(operand, row))];
        return builder.Reshape(builder.Make(node.Operation, rows, row, node.IsBatched), node.Shape);
    }
}
