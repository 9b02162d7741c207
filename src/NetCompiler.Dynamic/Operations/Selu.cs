namespace NetCompiler.Dynamic.Operations;

/// <summary>y = scale x for x > 0, else scale alpha (exp(x) - 1) (Klambauer et al. 2017).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Selu<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The paper's fixed point constants to double precision, as Keras and PyTorch have them.
    private static readonly T Scale = Number(1.0507009873554804934193349852946);
    private static readonly T ScaledAlpha = Number(1.0507009873554804934193349852946 * 1.6732632423543772848170429916717);

    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > T.Zero ? Scale * x[i] : ScaledAlpha * T.ExpM1(x[i]);
        }
    }

    // f' = scale for x > 0; else scale alpha exp(x) = f + scale alpha
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = x[i] > T.Zero ? Scale : y[i] + ScaledAlpha;
        }
    }
}
