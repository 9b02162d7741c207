namespace NetCompiler.Dynamic.Operations;

/// <summary>z = min(x, y); equal operands give their gradient to x.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Minimum<T> : BinaryOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) => TensorPrimitives.Min(x, y, z);

    // f = min(x, y), df/dx = [x <= y], df/dy = [x > y]
    protected override void AddLeft(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] += x[i] <= y[i] ? dz[i] : T.Zero;
        }
    }

    protected override void AddRight(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dy)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dy[i] += x[i] > y[i] ? dz[i] : T.Zero;
        }
    }
}
