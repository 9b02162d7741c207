using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Operands one after the other along an axis, the last one unless given; a value of the whole batch is repeated for each sample.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ConcatLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T>? batched = Array.Find(call.Inputs, input => input.IsPerSample);
        Value<T>[] operands = [.. call.Inputs.Select(input => batched is null ? input : Broadcast<T>.To(call.Tape, input, batched.Samples, isPerSample: true, input.Shape))];
        return call.Tape.Apply(new ConcatAxis<T>(call.Layer.Integers("Axis") is [int axis, ..] ? axis : -1), operands);
    }
}
