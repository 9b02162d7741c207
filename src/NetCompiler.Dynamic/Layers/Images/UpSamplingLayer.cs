using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>UpSampling: every place several times (the nearest neighbour), along one or two axes, or what lies between the places.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class UpSamplingLayer<T>(bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        int size = call.Layer.Integer("Size", 2);
        bool isLinear = call.Layer.Member("Interpolation", Interpolation.Nearest) == Interpolation.Bilinear;
        Operation<T> Along(int axis, int times) => isLinear ? new InterpolateAxis<T>(axis, times) : new RepeatAxis<T>(axis, times);
        Value<T> x = call.Apply(Along(0, isImage ? call.Layer.Integer("SizeHeight", 0, size) : size), call.InputOfRank(isImage ? 3 : 2));
        return isImage ? call.Apply(Along(1, call.Layer.Integer("SizeWidth", 0, size)), x) : x;
    }
}
