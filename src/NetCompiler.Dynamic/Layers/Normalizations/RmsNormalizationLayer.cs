using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = x / sqrt(mean x^2 + epsilon) gamma over the last axis.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RmsNormalizationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) =>
        ScaleAndShift.Apply(call, call.Apply(new StandardizeRows<T>(call.Layer.Real("Epsilon", 1e-6), isCentred: false), call.Input));
}
