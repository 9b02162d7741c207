namespace NetCompiler.Dynamic.Operations;

/// <summary>The sum over an axis or over all axes of a sample, times a factor.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal class Sum<T>(int? axis) : AxisReduction<T>(axis)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What the sum of <paramref name="size"/> values is multiplied with.</summary>
    protected virtual T Factor(int size) => T.One;

    protected sealed override void Reduce(ReadOnlySpan<T> x, Span<T> y, int size)
    {
        if (y.Length == 1)
        {
            y[0] = TensorPrimitives.Sum(x);
        }
        else
        {
            y.Clear();
            for (int row = 0; row < size; row++)
            {
                TensorPrimitives.Add(y, x.Slice(row * y.Length, y.Length), y);
            }
        }

        TensorPrimitives.Multiply(y, Factor(size), y);
    }

    // f = c sum x, dx = c df
    protected sealed override void Spread(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int size)
    {
        T factor = Factor(size);
        if (y.Length == 1)
        {
            TensorPrimitives.Add(dx, factor * dy[0], dx);
            return;
        }

        for (int row = 0; row < size; row++)
        {
            Span<T> part = dx.Slice(row * y.Length, y.Length);
            TensorPrimitives.MultiplyAdd(dy, factor, part, part);
        }
    }
}
