namespace NetCompiler.Dynamic.Operations;

/// <summary>y = |x|; the derivative at 0 is 0.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Abs<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Abs(x, y);

    // f = |x|, f' = sign(x)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? -T.One : T.Zero;
        }
    }
}
