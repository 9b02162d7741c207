namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x^2.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Square<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Multiply(x, x, y);

    // f = x^2, f' = 2 x
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => TensorPrimitives.Add(x, x, derivative);
}
