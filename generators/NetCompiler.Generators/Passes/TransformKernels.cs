using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Passes;

/// <summary>
/// A convolution with a window of 3 x 3 reads its kernel as the factors of Winograd's products, where the schedule says that this is faster.
/// For inference, where the factors are computed once. After affine functions are folded into the kernel, before what depends on the weights is hoisted.
/// </summary>
internal static class TransformKernels
{
    /// <summary>Whether tiles are faster than windows, for a result of so many rows and columns, so many channels and filters.</summary>
    public delegate bool Policy(int height, int width, int channels, int filters);

    public static NetworkGraph Run(NetworkGraph graph, Policy isFaster)
    {
        var weights = new WeightsOnly();
        return GraphVerifier.Verify(GraphRewriter.Run(graph, (builder, node, operands) =>
            node.Operation is ContractOperation { Left: "b(h+y)(w+x)c", Right: "yxcn", Result: "bhwn" } && weights.Contains(operands[1])
            && operands[1].Shape[0] == WinogradTransform.Window && operands[1].Shape[1] == WinogradTransform.Window
            && isFaster(node.Shape[0], node.Shape[1], operands[1].Shape[2], operands[1].Shape[3])
                ? Transform(builder, node, operands)
                : null), nameof(TransformKernels));
    }

    private static Node Transform(GraphBuilder builder, Node node, IReadOnlyList<Node> operands)
    {
        int[] missing = [.. Enumerable.Range(0, 2).Select(axis => Math.Max(0, WinogradOperation.Reach(node.Shape[axis]) - operands[0].Shape[axis])), 0];
        Node kernel = builder.Make(new WinogradKernelOperation(), [operands[1]]);
        return builder.Make(new WinogradOperation(node.Shape[0], node.Shape[1]), [Padded(builder, operands[0], missing), kernel]);
    }

    // One pad where there is one already.
    private static Node Padded(GraphBuilder builder, Node image, int[] missing) => image.Operation is PadOperation { Fill: 0 } pad
        ? builder.Pad(image.Operands[0], [.. pad.Before], [.. pad.After.Zip(missing, (after, more) => after + more)])
        : builder.Pad(image, [0, 0, 0], missing);
}
