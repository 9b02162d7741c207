using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The row of each token in a table (vocabulary, units).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class EmbeddingLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call) => call.Tape.Apply(new Gather<T>(), call.Input, call.RequiredWeight("embeddings"));
}
