namespace NetCompiler.Dynamic.Operations;

/// <summary>The largest value over an axis or over all axes of a sample; its gradient is shared evenly by all places that hold it, as TensorFlow's reduce_max does.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class MaximumOverAxis<T>(int? axis) : AxisReduction<T>(axis)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Reduce(ReadOnlySpan<T> x, Span<T> y, int size)
    {
        x[..y.Length].CopyTo(y);
        for (int row = 1; row < size; row++)
        {
            TensorPrimitives.Max(y, x.Slice(row * y.Length, y.Length), y);
        }
    }

    // f = max x, dx = df / n at the n places of x that equal f
    protected override void Spread(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int size)
    {
        for (int column = 0; column < y.Length; column++)
        {
            int count = 0;
            for (int place = column; place < x.Length; place += y.Length)
            {
                count += x[place] == y[column] ? 1 : 0;
            }

            for (int place = column; place < x.Length; place += y.Length)
            {
                if (x[place] == y[column])
                {
                    dx[place] += dy[column] / T.CreateChecked(count);
                }
            }
        }
    }
}
