using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>The sum over the samples, times a factor: a value of the whole batch. A value of the whole batch stays as it is.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class BatchSum<T>(bool isMean) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        if (!x.IsPerSample)
        {
            return x.Like(x.Data, x.Shape);
        }

        T[] result = new T[x.SampleLength];
        for (int start = 0; start < x.Data.Length; start += result.Length)
        {
            TensorPrimitives.Add<T>(result, x.Data.AsSpan(start, result.Length), result);
        }

        TensorPrimitives.Multiply(result, Factor(x), result);
        return Value<T>.PerBatch(result, x.Shape);
    }

    // f = c sum over n of x[n], dx[n] = c df
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        T factor = Factor(x);
        for (int start = 0; start < x.Data.Length; start += result.Data.Length)
        {
            Span<T> part = x.Gradient.AsSpan(start, result.Data.Length);
            TensorPrimitives.MultiplyAdd(result.Gradient, factor, part, part);
        }
    }

    private T Factor(Value<T> x) => isMean ? T.One / T.CreateChecked(x.Samples) : T.One;
}
