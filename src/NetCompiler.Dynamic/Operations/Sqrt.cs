namespace NetCompiler.Dynamic.Operations;

/// <summary>y = sqrt(x).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Sqrt<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sqrt(x, y);

    // f = sqrt(x), f' = 1 / (2 f)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => TensorPrimitives.Divide(Number(0.5), y, derivative);
}
