namespace NetCompiler.Dynamic.Operations;

/// <summary>y = min(max(x / 6 + 1 / 2, 0), 1).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class HardSigmoid<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Multiply(x, Number(1.0 / 6), y);
        TensorPrimitives.Add(y, Number(0.5), y);
        TensorPrimitives.Max(y, T.Zero, y);
        TensorPrimitives.Min(y, T.One, y);
    }

    // f = x / 6 + 1 / 2, f' = 1 / 6 within -3 and 3; else f' = 0
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        T slope = Number(1.0 / 6);
        for (int i = 0; i < y.Length; i++)
        {
            derivative[i] = y[i] > T.Zero && y[i] < T.One ? slope : T.Zero;
        }
    }
}
