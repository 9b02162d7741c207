namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x / (1 + |x|).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Softsign<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Abs(x, y);
        TensorPrimitives.Add(y, T.One, y);
        TensorPrimitives.Divide(x, y, y);
    }

    // f = x / (1 + |x|), f' = 1 / (1 + |x|)^2
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        TensorPrimitives.Abs(x, derivative);
        TensorPrimitives.Add(derivative, T.One, derivative);
        TensorPrimitives.Multiply(derivative, derivative, derivative);
        TensorPrimitives.Divide(T.One, derivative, derivative);
    }
}
