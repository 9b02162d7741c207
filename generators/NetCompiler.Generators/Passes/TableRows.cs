using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// Finds derived tables whose rows follow from one row each of a weight, and of which only the rows of an input's tokens are read: such a row is computed when its
/// token first comes, not the whole table before the first prediction. A vocabulary of 10,000 would cost that more time than everything else, and its memory.
/// </summary>
internal static class TableRows
{
    /// <summary>How to compute one row, or null where the value is no such table.</summary>
    /// <param name="graph">The inference graph.</param>
    /// <param name="node">The derived value.</param>
    /// <param name="derived">Its number.</param>
    /// <param name="hasRows">Whether a weight's rows lie one behind another, without gaps.</param>
    public static TableByRow? Find(NetworkGraph graph, Node node, int derived, Func<int, bool> hasRows)
    {
        // A column alone lies in no rows.
        if (node.Shape.Rank != 2 || node.Shape[1] == 1 || graph.Results.Any(result => result.Node == node))
        {
            return null;
        }

        var inputs = new SortedSet<int>();
        foreach (Node user in graph.Nodes.Where(user => user.Operands.Contains(node)))
        {
            if (user.Operation is not GatherOperation || user.Operands[0] != node || TokensOf(user.Operands[1]) is not { } input)
            {
                return null;
            }

            inputs.Add(input);
        }

        var builder = new GraphBuilder { Origin = node.Origin };
        int table = -1;
        Node? row = RowOf(builder, node, ref table);
        return row is not null && inputs.Count > 0 && hasRows(table)
            ? new TableByRow(derived, table, [.. inputs], GraphVerifier.Verify(new NetworkGraph(builder.Nodes, [new GraphResult(ResultRole.Output, 0, row)]), nameof(TableRows)))
            : null;
    }

    // The input whose tokens these are, all or some of them.
    private static int? TokensOf(Node indices) => indices.Operation switch
    {
        InputOperation { Role: InputRole.Tokens } input => input.Index,
        ReshapeOperation or SliceOperation or ReverseOperation => TokensOf(indices.Operands[0]),
        _ => null,
    };

    // The row as a sample of a network with one input, the weight's row.
    private static Node? RowOf(GraphBuilder builder, Node node, ref int table)
    {
        switch (node.Operation)
        {
            case InputOperation { Role: InputRole.Parameter } weight when node.Shape.Rank == 2:
                table = weight.Index;
                return builder.Input(InputRole.Feature, 0, new Shape(node.Shape[1]), isBatched: true);
            case ContractOperation { Left: "vk", Right: "kn", Result: "vn" } when Copy(builder, node.Operands[1]) is { } matrix:
                return RowOf(builder, node.Operands[0], ref table) is { } product ? builder.Contract("bk", "kn", "bn", product, matrix) : null;
            case ElementwiseNodeOperation { Function: var function } when function == Elementwise.Add && node.Operands[1].Shape.Length == node.Shape[1] && Copy(builder, node.Operands[1]) is { } bias:
                return RowOf(builder, node.Operands[0], ref table) is { } sum ? builder.Add(sum, bias) : null;
            default:
                return null;
        }
    }

    // What every row reads must need no work of its own.
    private static Node? Copy(GraphBuilder builder, Node node) => node.Operation switch
    {
        InputOperation { Role: InputRole.Parameter or InputRole.Statistic } => builder.Make(node.Operation, [], node.Shape, node.IsBatched),
        SliceOperation or ReshapeOperation when Copy(builder, node.Operands[0]) is { } operand => builder.Make(node.Operation, [operand], node.Shape, node.IsBatched),
        _ => null,
    };
}

/// <summary>A derived table that is computed row by row.</summary>
/// <param name="Derived">The number of the derived value.</param>
/// <param name="Table">The weight whose rows it follows.</param>
/// <param name="Inputs">The inputs whose tokens name rows, in order.</param>
/// <param name="Row">The graph from one row of the weight, its only input, to one of the table, its only output.</param>
internal sealed record TableByRow(int Derived, int Table, IReadOnlyList<int> Inputs, NetworkGraph Row);
