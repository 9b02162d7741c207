using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>y = x - log(sum exp(x)) over the last axis; the maximum is subtracted first, so that nothing overflows.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LogSoftmax<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(x.Data.Length), exponentials = Allocate(x.LastAxis);
        for (int start = 0; start < result.Length; start += x.LastAxis)
        {
            ReadOnlySpan<T> row = x.Data.AsSpan(start, x.LastAxis);
            Span<T> y = result.AsSpan(start, x.LastAxis);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), y);
            TensorPrimitives.Exp<T>(y, exponentials);
            TensorPrimitives.Subtract(y, T.Log(TensorPrimitives.Sum<T>(exponentials)), y);
        }

        return x.Like(result, x.Shape);
    }

    // f_i = x_i - log(sum exp x), dx_i = dy_i - exp(f_i) sum_j dy_j
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int length = result.LastAxis;
        T[] probabilities = Allocate(length);
        for (int start = 0; start < result.Data.Length; start += length)
        {
            ReadOnlySpan<T> dy = result.Gradient.AsSpan(start, length);
            Span<T> dx = operands[0].Gradient.AsSpan(start, length);
            TensorPrimitives.Exp<T>(result.Data.AsSpan(start, length), probabilities);
            TensorPrimitives.Add(dx, dy, dx);
            TensorPrimitives.MultiplyAdd(probabilities, -TensorPrimitives.Sum(dy), dx, dx);
        }
    }
}
