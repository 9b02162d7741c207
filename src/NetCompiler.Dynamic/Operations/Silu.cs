namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x / (1 + exp(-x)).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Silu<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Sigmoid(x, y);
        TensorPrimitives.Multiply(y, x, y);
    }

    // s = sigmoid(x): f = x s, f' = s + f (1 - s)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        TensorPrimitives.Sigmoid(x, derivative);
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] += y[i] * (T.One - derivative[i]);
        }
    }
}
