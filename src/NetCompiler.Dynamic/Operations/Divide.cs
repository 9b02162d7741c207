namespace NetCompiler.Dynamic.Operations;

/// <summary>z = x / y.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Divide<T> : BinaryOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) => TensorPrimitives.Divide(x, y, z);

    // f = x / y, df/dx = 1 / y, df/dy = -f / y
    protected override void AddLeft(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] += dz[i] / y[i];
        }
    }

    protected override void AddRight(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dy)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dy[i] += -dz[i] * z[i] / y[i];
        }
    }
}
