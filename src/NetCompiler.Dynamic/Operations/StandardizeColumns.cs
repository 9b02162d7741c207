using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = (x - mean) / sqrt(variance + epsilon) per entry of the last axis over everything else, the samples included; the variance is biased (Ioffe and Szegedy 2015).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StandardizeColumns<T>(double epsilon) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _factors = [];

    /// <summary>The batch's mean per column.</summary>
    public T[] Mean { get; private set; } = [];

    /// <summary>The batch's variance per column.</summary>
    public T[] Variance { get; private set; } = [];

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        int columns = x.LastAxis;
        T rows = T.CreateChecked(x.Data.Length / columns);
        T[] result = Allocate(x.Data.Length);
        Mean = new T[columns];
        Variance = new T[columns];
        _factors = new T[columns];
        for (int start = 0; start < result.Length; start += columns)
        {
            TensorPrimitives.Add<T>(Mean, x.Data.AsSpan(start, columns), Mean);
        }

        TensorPrimitives.Divide(Mean, rows, Mean);
        for (int start = 0; start < result.Length; start += columns)
        {
            Span<T> y = result.AsSpan(start, columns);
            TensorPrimitives.Subtract<T>(x.Data.AsSpan(start, columns), Mean, y);
            TensorPrimitives.MultiplyAdd<T>(y, y, Variance, Variance);
        }

        TensorPrimitives.Divide(Variance, rows, Variance);
        TensorPrimitives.Add<T>(Variance, T.CreateChecked(epsilon), _factors);
        TensorPrimitives.ReciprocalSqrt<T>(_factors, _factors);
        for (int start = 0; start < result.Length; start += columns)
        {
            Span<T> y = result.AsSpan(start, columns);
            TensorPrimitives.Multiply<T>(y, _factors, y);
        }

        return x.Like(result, x.Shape);
    }

    // c = 1 / sqrt(variance + epsilon): dx = c (dy - mean dy - f mean(dy f))
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int columns = result.LastAxis;
        T rows = T.CreateChecked(result.Data.Length / columns);
        T[] mean = new T[columns], along = new T[columns], shifted = Allocate(columns);
        for (int start = 0; start < result.Data.Length; start += columns)
        {
            ReadOnlySpan<T> dy = result.Gradient.AsSpan(start, columns);
            TensorPrimitives.Add<T>(mean, dy, mean);
            TensorPrimitives.MultiplyAdd<T>(dy, result.Data.AsSpan(start, columns), along, along);
        }

        TensorPrimitives.Divide(mean, rows, mean);
        TensorPrimitives.Divide(along, rows, along);
        for (int start = 0; start < result.Data.Length; start += columns)
        {
            Span<T> dx = operands[0].Gradient.AsSpan(start, columns);
            TensorPrimitives.Multiply<T>(result.Data.AsSpan(start, columns), along, shifted);
            TensorPrimitives.Subtract<T>(result.Gradient.AsSpan(start, columns), shifted, shifted);
            TensorPrimitives.Subtract<T>(shifted, mean, shifted);
            TensorPrimitives.MultiplyAdd<T>(shifted, _factors, dx, dx);
        }
    }
}
