using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>A sequence with its last step first.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ReverseSteps<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = Allocate(x.Data.Length);
        int steps = x.Shape[0], part = x.SampleLength / steps;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            for (int step = 0; step < steps; step++)
            {
                x.Data.AsSpan(((sample * steps) + step) * part, part).CopyTo(result.AsSpan(((sample * steps) + steps - 1 - step) * part));
            }
        }

        return x.Like(result, x.Shape);
    }

    // f[t] = x[T - 1 - t], dx[t] = df[T - 1 - t]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        int steps = x.Shape[0], part = x.SampleLength / steps;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            for (int step = 0; step < steps; step++)
            {
                Span<T> dx = x.Gradient.AsSpan(((sample * steps) + step) * part, part);
                TensorPrimitives.Add(dx, result.Gradient.AsSpan(((sample * steps) + steps - 1 - step) * part, part), dx);
            }
        }
    }
}
