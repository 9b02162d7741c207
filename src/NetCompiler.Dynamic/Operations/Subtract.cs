namespace NetCompiler.Dynamic.Operations;

/// <summary>z = x - y.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Subtract<T> : BinaryOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) => TensorPrimitives.Subtract(x, y, z);

    // f = x - y, df/dx = 1, df/dy = -1
    protected override void AddLeft(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dx) => TensorPrimitives.Add(dx, dz, dx);

    protected override void AddRight(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dy) => TensorPrimitives.Subtract(dy, dz, dy);
}
