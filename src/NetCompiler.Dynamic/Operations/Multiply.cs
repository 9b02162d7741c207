namespace NetCompiler.Dynamic.Operations;

/// <summary>z = x y.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Multiply<T> : BinaryOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) => TensorPrimitives.Multiply(x, y, z);

    // f = x y, df/dx = y, df/dy = x
    protected override void AddLeft(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dx) => TensorPrimitives.MultiplyAdd(dz, y, dx, dx);

    protected override void AddRight(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, ReadOnlySpan<T> dz, Span<T> dy) => TensorPrimitives.MultiplyAdd(dz, x, dy, dy);
}
