namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What a layer needs to become primitives.</summary>
/// <param name="builder">The graph.</param>
/// <param name="layer">The index of the layer in the declaration.</param>
/// <param name="isTraining">Whether dropout and noise are on.</param>
/// <param name="weight">The node of a weight of this layer, by Keras's word.</param>
internal sealed class LayerLowering(GraphBuilder builder, int layer, bool isTraining, Func<string, Node> weight)
{
    public GraphBuilder Builder { get; } = builder;

    public int Layer { get; } = layer;

    public bool IsTraining { get; } = isTraining;

    public Node Weight(string name) => weight(name);
}
