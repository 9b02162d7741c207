namespace NetCompiler.Dynamic.Operations;

/// <summary>y = 1 for x >= 0, else 0.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Step<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            // A NaN compares as neither and stays.
            y[i] = x[i] >= T.Zero ? T.One : x[i] < T.Zero ? T.Zero : x[i];
        }
    }

    // f = [x >= 0], f' = 0 by definition
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => derivative.Clear();
}
