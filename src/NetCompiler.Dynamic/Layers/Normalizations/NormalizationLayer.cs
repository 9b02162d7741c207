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
        Value<T> deviation = call.Apply(new Sqrt<T>(), call.RequiredWeight("variance"));
        deviation = call.Apply(new Clip<T>(SmallestDeviation, double.PositiveInfinity), deviation);
        Value<T> centred = call.Apply(new Subtract<T>(), call.Input, call.RequiredWeight("mean"));
        return call.Apply(new Divide<T>(), centred, deviation);
    }
}
