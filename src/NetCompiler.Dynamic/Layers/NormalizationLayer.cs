using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = (x - mean) / max(sqrt(variance), 1e-7) over the last axis, as Keras's Normalization.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class NormalizationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double SmallestDeviation = 1e-7;

    public override Value<T> Apply(LayerCall<T> call)
    {
        GradientTape<T> tape = call.Tape;
        Value<T> deviation = tape.Apply(new Sqrt<T>(), call.RequiredWeight("variance"));
        deviation = tape.Apply(new Clip<T>(SmallestDeviation, double.PositiveInfinity), deviation);
        (Value<T> x, Value<T> mean) = Broadcast<T>.Pair(tape, call.Input, call.RequiredWeight("mean"));
        Value<T> centred = tape.Apply(new Subtract<T>(), x, mean);
        (Value<T> numerator, Value<T> denominator) = Broadcast<T>.Pair(tape, centred, deviation);
        return tape.Apply(new Divide<T>(), numerator, denominator);
    }
}
