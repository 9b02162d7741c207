namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x^2 / 2 for |x| up to delta, else delta (|x| - delta / 2) (Huber 1964).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class HuberFunction<T>(double delta) : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _delta = Number(delta), _half = Number(0.5);

    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            T size = T.Abs(x[i]);
            y[i] = size <= _delta ? _half * x[i] * x[i] : _delta * (size - (_half * _delta));
        }
    }

    // f' = x for |x| up to delta, else delta sign(x): x clamped to delta
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        TensorPrimitives.Max(x, -_delta, derivative);
        TensorPrimitives.Min(derivative, _delta, derivative);
    }
}
