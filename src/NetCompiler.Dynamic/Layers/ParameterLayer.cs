using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>A weight as a value of the whole batch.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ParameterLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) => call.Weights is [{ } weight]
        ? weight
        : throw new InvalidOperationException($"{call.Layer.Kind} \"{call.Layer.Name}\" has {call.Weights.Length} weights, but must have one.");
}
