namespace NetCompiler.Dynamic.Operations;

/// <summary>y = log(1 + exp(x)).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Softplus<T> : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)), which does not overflow.</summary>
    public static void Evaluate(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Abs(x, y);
        TensorPrimitives.Negate(y, y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Add(y, T.One, y);
        TensorPrimitives.Log(y, y);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] += T.Max(x[i], T.Zero);
        }
    }

    protected override void Compute(ReadOnlySpan<T> x, Span<T> y) => Evaluate(x, y);

    // f = log(1 + exp(x)), f' = sigmoid(x)
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative) => TensorPrimitives.Sigmoid(x, derivative);
}
