namespace NetCompiler.Dynamic.Operations;

/// <summary>The largest value over an axis or over all axes of a sample; its gradient goes to the first place that holds it.</summary>
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

    // f = max x, dx = df at the first x that equals f
    protected override void Spread(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int size)
    {
        for (int column = 0; column < y.Length; column++)
        {
            int place = column;
            while (place + y.Length < x.Length && x[place] != y[column])
            {
                place += y.Length;
            }

            dx[place] += dy[column];
        }
    }
}
