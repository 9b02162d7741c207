using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>UpSampling: every place several times (the nearest neighbour), along one or two axes.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class UpSamplingLayer<T>(bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        int size = call.Layer.Integer("Size", 2);
        Value<T> x = call.Apply(new RepeatAxis<T>(0, isImage ? call.Layer.Integer("SizeHeight", 0, size) : size), call.InputOfRank(isImage ? 3 : 2));
        return isImage ? call.Apply(new RepeatAxis<T>(1, call.Layer.Integer("SizeWidth", 0, size)), x) : x;
    }
}

/// <summary>ZeroPadding: zeros around, along one or two axes.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ZeroPaddingLayer<T>(bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        int all = call.Layer.Integer("Padding", 1);
        Value<T> x = call.Apply(new PadAxis<T>(0, call.Layer.Integer(isImage ? "Top" : "Before", -1, all), call.Layer.Integer(isImage ? "Bottom" : "After", -1, all)), call.InputOfRank(isImage ? 3 : 2));
        return isImage ? call.Apply(new PadAxis<T>(1, call.Layer.Integer("Left", -1, all), call.Layer.Integer("Right", -1, all)), x) : x;
    }
}

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
