using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Operands one after the other along an axis, the last one unless given; a value of the whole batch is repeated for each sample.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ConcatLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) =>
        call.Tape.Apply(new ConcatAxis<T>(call.Layer.Integers("Axis") is [int axis, ..] ? axis : -1), call.PerSample().Inputs);
}
