namespace NetCompiler.Dynamic.Operations;

/// <summary>y = tanh(x).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Tanh<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Tanh(x, y);

    // f = tanh(x), f' = 1 - f^2
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        TensorPrimitives.Multiply(y, y, derivative);
        TensorPrimitives.Subtract(T.One, derivative, derivative);
    }
}
