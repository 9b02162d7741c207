using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// A linear map of rows gathered from a table gathers rows of the mapped table: E[i] W + b = (E W + b)[i]. For inference, where the mapped
/// table is computed once; bounded, since it may be larger than the table. Measured: twice as fast for a recurrent layer behind an embedding.
/// </summary>
internal static class PremultiplyTables
{
    /// <summary>16 MB: 10,000 words with 256 gate inputs are 10 MB.</summary>
    private const long MostFloats = 4 << 20;

    public static NetworkGraph Run(NetworkGraph graph)
    {
        var weights = new WeightsOnly();
        return GraphVerifier.Verify(GraphRewriter.Run(graph, (builder, node, operands) => Premultiply(builder, node, operands, weights)), nameof(PremultiplyTables));
    }

    private static Node? Premultiply(GraphBuilder builder, Node node, IReadOnlyList<Node> operands, WeightsOnly weights)
    {
        if (operands.Count != 2 || operands[0] is not { Operation: GatherOperation } gather || !weights.Contains(gather.Operands[0]) || !weights.Contains(operands[1]))
        {
            return null;
        }

        (Node table, Node indices) = (gather.Operands[0], gather.Operands[1]);
        if (node.Operation is ContractOperation { Right: "kn" } contract && contract.Left.EndsWith("k", StringComparison.Ordinal) && contract.Result.EndsWith("n", StringComparison.Ordinal)
            && (long)table.Shape[0] * operands[1].Shape[1] <= MostFloats)
        {
            return builder.Gather(builder.Contract("vk", "kn", "vn", table, operands[1]), indices);
        }

        return node.Operation is ElementwiseNodeOperation elementwise && elementwise.Function == Elementwise.Add && operands[1].Shape.Length == table.Shape[1]
            && operands[1].Shape[-1] == table.Shape[1] && table.Operation is ContractOperation
            ? builder.Gather(builder.Add(table, operands[1]), indices)
            : null;
    }
}
