using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon) over the last axis, the variance biased; not centred, y = x / sqrt(mean x^2 + epsilon) (Ba, Kiros and Hinton 2016; Zhang and Sennrich 2019).
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StandardizeRows<T>(double epsilon, bool isCentred) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _factors = [];

    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        int length = x.LastAxis;
        T size = T.CreateChecked(length), smallest = T.CreateChecked(epsilon);
        T[] result = Allocate(x.Data.Length);
        _factors = new T[result.Length / length];
        for (int row = 0; row < _factors.Length; row++)
        {
            ReadOnlySpan<T> values = x.Data.AsSpan(row * length, length);
            Span<T> y = result.AsSpan(row * length, length);
            TensorPrimitives.Subtract<T>(values, isCentred ? TensorPrimitives.Sum(values) / size : T.Zero, y);
            _factors[row] = T.One / T.Sqrt((TensorPrimitives.SumOfSquares<T>(y) / size) + smallest);
            TensorPrimitives.Multiply<T>(y, _factors[row], y);
        }

        return x.Like(result, x.Shape);
    }

    // c = 1 / sqrt(variance + epsilon): dx = c (dy - mean dy - f mean(dy f)), without mean dy when not centred
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int length = result.LastAxis;
        T size = T.CreateChecked(length);
        T[] shifted = Allocate(length);
        for (int row = 0; row < _factors.Length; row++)
        {
            ReadOnlySpan<T> y = result.Data.AsSpan(row * length, length), dy = result.Gradient.AsSpan(row * length, length);
            Span<T> dx = operands[0].Gradient.AsSpan(row * length, length);
            TensorPrimitives.MultiplyAdd<T>(y, -TensorPrimitives.Dot(y, dy) / size, dy, shifted);
            if (isCentred)
            {
                TensorPrimitives.Subtract<T>(shifted, TensorPrimitives.Sum(dy) / size, shifted);
            }

            TensorPrimitives.MultiplyAdd<T>(shifted, _factors[row], dx, dx);
        }
    }
}
