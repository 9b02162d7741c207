namespace NetCompiler.Dynamic.Operations;

/// <summary>z = x^y; the derivative in y is taken as 0 where x is not positive.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Pow<T> : BinaryOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) => TensorPrimitives.Pow(x, y, z);

    // f = x^y, df/dx = y x^(y-1), df/dy = f log(x)
    protected override void AddLeft(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] += dz[i] * y[i] * T.Pow(x[i], y[i] - T.One);
        }
    }

    protected override void AddRight(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dy)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dy[i] += x[i] > T.Zero ? dz[i] * z[i] * T.Log(x[i]) : T.Zero;
        }
    }
}
