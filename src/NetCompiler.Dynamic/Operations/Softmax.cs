using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = exp(x) / sum exp(x) over the last axis; the maximum is subtracted first, so that nothing overflows.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Softmax<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(x.Data.Length);
        for (int start = 0; start < result.Length; start += x.LastAxis)
        {
            ReadOnlySpan<T> row = x.Data.AsSpan(start, x.LastAxis);
            Span<T> y = result.AsSpan(start, x.LastAxis);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), y);
            TensorPrimitives.Exp(y, y);
            TensorPrimitives.Divide(y, TensorPrimitives.Sum<T>(y), y);
        }

        return x.Like(result, x.Shape);
    }

    // f_i = e_i / sum e, dx_i = f_i (dy_i - sum_j f_j dy_j)
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int length = result.LastAxis;
        T[] shifted = Allocate(length);
        for (int start = 0; start < result.Data.Length; start += length)
        {
            ReadOnlySpan<T> y = result.Data.AsSpan(start, length), dy = result.Gradient.AsSpan(start, length);
            Span<T> dx = operands[0].Gradient.AsSpan(start, length);
            TensorPrimitives.Subtract(dy, TensorPrimitives.Dot(y, dy), shifted);
            TensorPrimitives.MultiplyAdd(y, shifted, dx, dx);
        }
    }
}
