namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel 2016).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Gelu<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        T scale = Number(Math.Sqrt(0.5)), half = Number(0.5);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = half * x[i] * (T.One + ErrorFunction.Erf(x[i] * scale));
        }
    }

    // f = x Phi(x), f' = Phi(x) + x phi(x) with the normal density phi(x) = exp(-x^2 / 2) / sqrt(2 pi)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        T scale = Number(Math.Sqrt(0.5)), half = Number(0.5), density = Number(1 / Math.Sqrt(2 * Math.PI));
        for (int i = 0; i < x.Length; i++)
        {
            T v = x[i];
            derivative[i] = (half * (T.One + ErrorFunction.Erf(v * scale))) + (v * density * T.Exp(-half * v * v));
        }
    }
}
