using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Operations;

/// <summary>Puts minus infinity at the steps that do not count, so that no maximum chooses them; zeros in a sample where no step counts.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class MaskedFill<T>(StepMask<T> mask) : Operation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Forward(Value<T>[] operands)
    {
        Value<T> x = operands[0];
        T[] result = [.. x.Data];
        int part = x.SampleLength / mask.Steps;
        for (int sample = 0; sample < mask.Samples; sample++)
        {
            T fill = TensorPrimitives.Sum(mask.Of(sample)) == T.Zero ? T.Zero : T.NegativeInfinity;
            for (int step = 0; step < mask.Steps; step++)
            {
                if (!mask.Keeps(sample, step))
                {
                    result.AsSpan(((sample * mask.Steps) + step) * part, part).Fill(fill);
                }
            }
        }

        return x.Like(result, x.Shape);
    }

    // f = x at steps that count, dx = df there and 0 elsewhere
    public override void Backward(Value<T>[] operands, Value<T> result)
    {
        int part = result.SampleLength / mask.Steps;
        for (int sample = 0; sample < mask.Samples; sample++)
        {
            for (int step = 0; step < mask.Steps; step++)
            {
                if (mask.Keeps(sample, step))
                {
                    int start = ((sample * mask.Steps) + step) * part;
                    Span<T> dx = operands[0].Gradient.AsSpan(start, part);
                    TensorPrimitives.Add(dx, result.Gradient.AsSpan(start, part), dx);
                }
            }
        }
    }
}
