namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x tanh(log(1 + exp(x))) (Misra 2019).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Mish<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        Softplus<T>.Evaluate(x, y);
        TensorPrimitives.Tanh(y, y);
        TensorPrimitives.Multiply(y, x, y);
    }

    // t = tanh(softplus(x)): f = x t, f' = t + x (1 - t^2) sigmoid(x)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        T[] t = Allocate(x.Length);
        Softplus<T>.Evaluate(x, t);
        TensorPrimitives.Tanh<T>(t, t);
        TensorPrimitives.Sigmoid(x, derivative);
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = t[i] + (x[i] * (T.One - (t[i] * t[i])) * derivative[i]);
        }
    }
}
