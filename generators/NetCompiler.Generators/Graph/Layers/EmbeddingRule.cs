using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Each token becomes its row of a table of (vocabulary, units).</summary>
internal sealed class EmbeddingRule : LayerRule
{
    public override string Kind => "Embedding";

    public override string NameStem => "embedding";

    public override bool ReadsTokens => true;

    public override bool KeepsSteps => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("Units", 0),
        Enumeration("EmbeddingsInitializer", "Initializer.RandomUniform"),
        Real("EmbeddingsScale", double.NaN),
        Real("EmbeddingsL1", 0),
        Real("EmbeddingsL2", 0),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        int units = layer.Integer("Units");
        if (units < 1)
        {
            problems.Report("NC0201", "Units", layer.Name, "Units", NumberText.Integer(units), "at least 1");
            return null;
        }

        if (layer.Vocabulary < 1)
        {
            problems.Report("NC0231", "", layer.Name, inputs[0].ToString());
            return null;
        }

        return new Shape([.. inputs[0].Sizes, units]);
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int units = layer.Integer("Units");
        yield return new WeightSpec("embeddings", new Shape(layer.Vocabulary, units), layer.Enumeration("EmbeddingsInitializer"), layer.Real("EmbeddingsScale"),
            layer.Vocabulary, units, IsTrainable: true, layer.Real("EmbeddingsL1"), layer.Real("EmbeddingsL2"))
        {
            Decays = true,
            IsFlat = true,
        };
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Builder.Gather(lowering.Weight("embeddings"), inputs[0]);
}
