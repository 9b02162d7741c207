using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>A part of an axis: Length entries from Start on.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class SliceLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) =>
        call.Apply(new SliceAxis<T>(call.Layer.Integers("Axis") is [int axis, ..] ? axis : -1, call.Layer.Integer("Start"), call.Layer.Integer("Length")), call.Input);
}
