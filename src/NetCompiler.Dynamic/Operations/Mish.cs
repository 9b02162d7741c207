namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x tanh(log(1 + exp(x))) (Misra 2019).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Mish<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        TanhOfSoftplus(x, y);
        TensorPrimitives.Multiply(y, x, y);
    }

    // t = tanh(softplus(x)): f = x t, f' = t + x (1 - t^2) sigmoid(x)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        T[] t = Allocate(x.Length);
        TanhOfSoftplus(x, t);
        TensorPrimitives.Sigmoid(x, derivative);
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = t[i] + (x[i] * (T.One - (t[i] * t[i])) * derivative[i]);
        }
    }

    // tanh(log u) = (u^2 - 1) / (u^2 + 1) with u = 1 + exp(x); written in q = exp(-|x|), so that nothing cancels or overflows.
    private static void TanhOfSoftplus(ReadOnlySpan<T> x, Span<T> t)
    {
        T two = Number(2);
        TensorPrimitives.Abs(x, t);
        TensorPrimitives.Negate(t, t);
        TensorPrimitives.Exp(t, t);
        for (int i = 0; i < x.Length; i++)
        {
            T q = t[i];
            T numerator = x[i] >= T.Zero ? T.One + (two * q) : q * (q + two);
            t[i] = numerator / (numerator + (x[i] >= T.Zero ? two * q * q : two));
        }
    }
}
