namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 (Hendrycks and Gimpel 2016).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GeluTanh<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        T scale = Number(Math.Sqrt(2 / Math.PI)), cubic = Number(0.044715), half = Number(0.5);
        TensorPrimitives.Multiply(x, x, y);
        TensorPrimitives.Multiply(y, cubic, y);
        TensorPrimitives.Add(y, T.One, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, scale, y);
        TensorPrimitives.Tanh(y, y);
        TensorPrimitives.Add(y, T.One, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, half, y);
    }

    // u = c (x + k x^3), t = tanh(u): f = x (1 + t) / 2, f' = (1 + t) / 2 + x (1 - t^2) c (1 + 3 k x^2) / 2
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        T scale = Number(Math.Sqrt(2 / Math.PI)), cubic = Number(0.044715), half = Number(0.5), three = Number(3);
        for (int i = 0; i < x.Length; i++)
        {
            T v = x[i], square = cubic * v * v;
            T t = T.Tanh(scale * v * (T.One + square));
            derivative[i] = half * (T.One + t + (v * (T.One - (t * t)) * scale * (T.One + (three * square))));
        }
    }
}
