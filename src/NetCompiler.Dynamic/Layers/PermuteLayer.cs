using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The axes in another order: axis i of the result is axis Order[i] of the operand, from 0, without the batch.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PermuteLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) => call.Apply(new PermuteAxes<T>(call.Layer.Integers("Order")), call.Input);
}
