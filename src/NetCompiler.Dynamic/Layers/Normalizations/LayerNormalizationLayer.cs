using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = (x - mean) / sqrt(variance + epsilon) gamma + beta over the last axis.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LayerNormalizationLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) =>
        ScaleAndShift.Apply(call, call.Apply(new StandardizeRows<T>(call.Layer.Real("Epsilon", 1e-3), isCentred: true), call.Input));
}
