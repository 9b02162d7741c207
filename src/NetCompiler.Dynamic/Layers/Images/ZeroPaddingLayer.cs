using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>ZeroPadding: zeros around, along one or two axes.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ZeroPaddingLayer<T>(bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> x = Pad(call, call.InputOfRank(isImage ? 3 : 2), 0, isImage ? "Top" : "Before", isImage ? "Bottom" : "After");
        return isImage ? Pad(call, x, 1, "Left", "Right") : x;
    }

    private static Value<T> Pad(LayerCall<T> call, Value<T> x, int axis, string before, string after)
    {
        int all = call.Layer.Integer("Padding", 1);
        return call.Apply(new PadAxis<T>(axis, call.Layer.Integer(before, -1, all), call.Layer.Integer(after, -1, all)), x);
    }
}
