using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Cropping: the border away, along one or two axes.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class CroppingLayer<T>(bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> x = Crop(call, call.InputOfRank(isImage ? 3 : 2), 0, isImage ? "Top" : "Before", isImage ? "Bottom" : "After");
        return isImage ? Crop(call, x, 1, "Left", "Right") : x;
    }

    private static Value<T> Crop(LayerCall<T> call, Value<T> x, int axis, string before, string after)
    {
        int all = call.Layer.Integer("Cropping", 1), start = call.Layer.Integer(before, -1, all);
        return call.Apply(new SliceAxis<T>(axis, start, x.Shape[axis] - start - call.Layer.Integer(after, -1, all)), x);
    }
}
