namespace NetCompiler.Dynamic.Operations;

/// <summary>y = 1 / x.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Reciprocal<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Divide(T.One, x, y);

    // f = 1 / x, f' = -f^2
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        TensorPrimitives.Multiply(y, y, derivative);
        TensorPrimitives.Negate(derivative, derivative);
    }
}
