using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>MaxPool and AveragePool in one and two dimensions.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PoolLayer<T>(bool isMaximum, bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Window window = WindowOptions.OfPool(call, isImage);
        int[] shape = window.ResultShape(isImage, window.Channels);
        return call.Apply(isMaximum ? new MaximumPool<T>(window, shape) : new AveragePool<T>(window, shape), call.Input);
    }
}
