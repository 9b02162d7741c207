using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Flatten and Reshape: the same values under the shape of the description.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ReshapeLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) => call.Tape.Apply(new Reshape<T>([.. call.Layer.Shape]), call.Input);
}
