namespace NetCompiler.Dynamic.Operations;

/// <summary>y = log(x).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Log<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Log(x, y);

    // f = log(x), f' = 1 / x
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => TensorPrimitives.Divide(T.One, x, derivative);
}
