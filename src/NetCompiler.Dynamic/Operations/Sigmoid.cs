namespace NetCompiler.Dynamic.Operations;

/// <summary>y = 1 / (1 + exp(-x)).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Sigmoid<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sigmoid(x, y);

    // f = 1 / (1 + exp(-x)), f' = f (1 - f)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        TensorPrimitives.Subtract(T.One, y, derivative);
        TensorPrimitives.Multiply(derivative, y, derivative);
    }
}
