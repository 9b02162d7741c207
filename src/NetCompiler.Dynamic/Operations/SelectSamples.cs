using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>The first operand's row for samples marked with 1, the second's for the others.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SelectSamples<T>(T[] marks) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> first = operands[0], second = operands[1];
        int part = first.SampleLength;
        T[] result = Allocate(first.Data.Length);
        for (int sample = 0; sample < marks.Length; sample++)
        {
            (marks[sample] != T.Zero ? first : second).Data.AsSpan(sample * part, part).CopyTo(result.AsSpan(sample * part));
        }

        return first.Like(result, first.Shape);
    }

    // f[n] = x[n] or y[n], whichever it is has dx[n] = df[n]
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int part = result.SampleLength;
        for (int sample = 0; sample < marks.Length; sample++)
        {
            Value<T> chosen = marks[sample] != T.Zero ? operands[0] : operands[1];
            if (chosen.NeedsGradient)
            {
                Span<T> dx = chosen.Gradient.AsSpan(sample * part, part);
                TensorPrimitives.Add(dx, result.Gradient.AsSpan(sample * part, part), dx);
            }
        }
    }
}
