using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>A vector as every step of a sequence: (F) gives (times, F).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RepeatVectorLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) =>
        call.Apply(new RepeatAxis<T>(0, call.Layer.Integer("Times")), call.Apply(new Reshape<T>([1, .. call.Input.Shape]), call.Input));
}
