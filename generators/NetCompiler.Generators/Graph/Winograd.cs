using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph;

/// <summary>
/// The kernel (3, 3, c, n) of a convolution as the factors (4, 4, c, n) of Winograd's products: G W transposed(G) over the first two axes.
/// A function of the weights, made for inference, which has no gradient.
/// </summary>
internal sealed record WinogradKernelOperation : Operation
{
    public override string Name => "winograd_kernel";
}

/// <summary>
/// y[h, w, n] = sum over y, x, c of x[h + y, w + x, c] W[y, x, c, n], given the factors of W: tiles of 4 x 4 pixels are transformed, multiplied
/// and transformed back to 2 x 2. The image has all pixels that whole tiles read; what odd sizes have too much is left out of the result.
/// Operands: the image, the transformed kernel.
/// </summary>
/// <param name="Height">The rows of the result.</param>
/// <param name="Width">The columns of the result.</param>
internal sealed record WinogradOperation(int Height, int Width) : Operation
{
    public override string Name => $"winograd({Height} x {Width})";

    /// <summary>The tiles along an axis of the result.</summary>
    public static int Tiles(int size) => (size + WinogradTransform.Results - 1) / WinogradTransform.Results;

    /// <summary>The pixels that whole tiles read along an axis of so many results.</summary>
    public static int Reach(int size) => (Tiles(size) * WinogradTransform.Results) + WinogradTransform.Window - 1;
}
