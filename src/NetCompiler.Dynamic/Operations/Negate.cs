namespace NetCompiler.Dynamic.Operations;

/// <summary>y = -x.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Negate<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    // f = -x, f' = -1
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => derivative.Fill(-T.One);
}
