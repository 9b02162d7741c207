namespace NetCompiler.Dynamic.Operations;

/// <summary>y = exp(x).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Exp<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Exp(x, y);

    // f = exp(x), f' = f
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => y.CopyTo(derivative);
}
