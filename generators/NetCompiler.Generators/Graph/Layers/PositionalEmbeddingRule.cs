using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = x + embeddings, a learned row for each step of (T, features).</summary>
internal sealed class PositionalEmbeddingRule : LayerRule
{
    public override string Kind => "PositionalEmbedding";

    public override string NameStem => "positional_embedding";

    public override bool KeepsSteps => true;

    // What is added depends on the place of the step.
    public override bool Carries => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
        [Enumeration("EmbeddingsInitializer", "Initializer.RandomUniform"), Real("EmbeddingsScale", double.NaN)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) =>
        SequenceChecks.IsSequence(layer, inputs[0], problems) ? inputs[0] : null;

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        yield return new WeightSpec("embeddings", inputs[0], layer.Enumeration("EmbeddingsInitializer"), layer.Real("EmbeddingsScale"),
            inputs[0][0], inputs[0][1], IsTrainable: true, 0, 0)
        {
            Decays = true,
            IsFlat = true,
        };
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Builder.Add(inputs[0], lowering.Weight("embeddings"));

    // The row of this step's place.
    public override Node LowerStep(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        return builder.Add(inputs[0], builder.Reshape(builder.Contract("bt", "tf", "bf", lowering.Place!.IsThis, lowering.Weight("embeddings")), inputs[0].Shape));
    }
}
