using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = x + embeddings, learned vectors for each step.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PositionalEmbeddingLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) => call.Apply(new Add<T>(), call.Input, call.RequiredWeight("embeddings"));
}
