namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x for x > 0, else alpha (exp(x) - 1).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Elu<T>(double alpha) : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _alpha = Number(alpha);

    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > T.Zero ? x[i] : _alpha * T.ExpM1(x[i]);
        }
    }

    // f = x, f' = 1 for x > 0; else f = alpha (exp(x) - 1), f' = alpha exp(x) = f + alpha
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = x[i] > T.Zero ? T.One : y[i] + _alpha;
        }
    }
}
