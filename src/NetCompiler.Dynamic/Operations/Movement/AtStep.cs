using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>One step of a sequence: (T, ...) gives (...).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class AtStep<T>(int step) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        int part = x.SampleLength / x.Shape[0];
        T[] result = Allocate(x.Samples * part);
        for (int sample = 0; sample < x.Samples; sample++)
        {
            x.Data.AsSpan((sample * x.SampleLength) + (step * part), part).CopyTo(result.AsSpan(sample * part));
        }

        return x.Like(result, x.Shape[1..]);
    }

    // f = x[step], dx[step] = df
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        Value<T> x = operands[0];
        int part = result.SampleLength;
        for (int sample = 0; sample < x.Samples; sample++)
        {
            Span<T> dx = x.Gradient.AsSpan((sample * x.SampleLength) + (step * part), part);
            TensorPrimitives.Add(dx, result.Gradient.AsSpan(sample * part, part), dx);
        }
    }
}
