using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>A sequence of its steps: T operands of shape (...) give (T, ...).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StackSteps<T> : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> first = operands[0];
        int part = first.SampleLength;
        T[] result = Allocate(first.Data.Length * operands.Length);
        for (int step = 0; step < operands.Length; step++)
        {
            for (int sample = 0; sample < first.Samples; sample++)
            {
                operands[step].Data.AsSpan(sample * part, part).CopyTo(result.AsSpan(((sample * operands.Length) + step) * part));
            }
        }

        return first.Like(result, [operands.Length, .. first.Shape]);
    }

    // f[step] = x_step, dx_step = df[step]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        for (int step = 0; step < operands.Length; step++)
        {
            Value<T> x = operands[step];
            int part = x.SampleLength;
            for (int sample = 0; sample < x.Samples && x.NeedsGradient; sample++)
            {
                Span<T> dx = x.Gradient.AsSpan(sample * part, part);
                TensorPrimitives.Add(dx, result.Gradient.AsSpan(((sample * operands.Length) + step) * part, part), dx);
            }
        }
    }
}
