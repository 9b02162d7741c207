namespace NetCompiler.Dynamic.Operations;

/// <summary>y = min(max(x, low), high); the derivative is 1 from low to high, bounds included, and 0 outside.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Clip<T>(double low, double high) : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _low = Number(low), _high = Number(high);

    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Max(x, _low, y);
        TensorPrimitives.Min(y, _high, y);
    }

    // f = min(max(x, low), high), f' = [low <= x <= high]
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = x[i] >= _low && x[i] <= _high ? T.One : T.Zero;
        }
    }
}
