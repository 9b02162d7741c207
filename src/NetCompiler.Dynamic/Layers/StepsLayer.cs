using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The operands behind the first one as the steps of a sequence; the first, whose steps they were made of, only says which of them count.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StepsLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) =>
        call.Tape.Apply(new StackSteps<T>(), [.. call.Inputs.Skip(1).Select(step => Broadcast<T>.To(call.Tape, step, call.Input.Samples, isPerSample: true, step.Shape))]);
}
