namespace NetCompiler.Dynamic.Operations;

/// <summary>y = log(1 + exp(x)).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Softplus<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // max(x, 0) + log(1 + q) with q = exp(-|x|) does not overflow; log(1 + q) = log(u) q / (u - 1) with the rounded u = 1 + q keeps
    // small q exact (Goldberg 1991, theorem 4).
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            T q = T.Exp(-T.Abs(x[i])), u = T.One + q;
            y[i] = T.Max(x[i], T.Zero) + (u == T.One ? q : T.Log(u) * q / (u - T.One));
        }
    }

    // f = log(1 + exp(x)), f' = sigmoid(x)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => TensorPrimitives.Sigmoid(x, derivative);
}
