using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// exp(x - m) / sum exp(x - m), or x - m - log(sum), with m = max x, so that nothing overflows. After the gradients, which are exact on the
/// whole function and would not be on its parts.
/// </summary>
internal static class LowerSoftmax
{
    public static NetworkGraph Run(NetworkGraph graph) => GraphVerifier.Verify(GraphRewriter.Run(graph, Lower), nameof(LowerSoftmax));

    private static Node? Lower(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        if (node.Operation is not SoftmaxOperation softmax)
        {
            return null;
        }

        Node x = operands[0];
        Node shifted = builder.Subtract(x, builder.Reduce(ReduceKind.Max, ReduceExtent.LastAxis, x));
        Node exponential = builder.Apply(Elementwise.Exp, shifted);
        Node sum = builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, exponential);
        return softmax.IsLogarithm
            ? builder.Subtract(shifted, builder.Apply(Elementwise.Log, sum))
            : builder.Multiply(exponential, builder.Apply(Elementwise.Reciprocal, sum));
    }
}
