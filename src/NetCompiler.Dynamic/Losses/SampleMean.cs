using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>The mean over all values of each sample; steps of padding count in neither the sum nor the divisor, and a sample of nothing but padding has the mean 0.</summary>
internal static class SampleMean
{
    /// <summary>Gives one value per sample.</summary>
    public static Value<T> Of<T>(GradientTape<T> tape, Value<T> value, StepMask<T>? mask)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (mask is null || value.Shape.Length == 0 || value.Shape[0] != mask.Steps)
        {
            return tape.Apply(new Mean<T>(null), value);
        }

        int length = value.SampleLength / mask.Steps;
        return tape.Apply(new Sum<T>(null), tape.Apply(new ScaledBy<T>(mask.MeanFactors(length, length)), value));
    }
}
