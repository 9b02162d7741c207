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
