using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = gamma (x - mean) / sqrt(variance + epsilon) + beta over all places and the channels of a group (Wu and He 2018).</summary>
internal sealed class GroupNormalizationRule : LayerRule
{
    public override string Kind => "GroupNormalization";

    public override string NameStem => "group_normalization";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Integer("Groups", 32), .. AffineNormalization.Options];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!(AffineNormalization.Check(layer, inputs[0], problems) & WindowOptions.CheckPositive(layer, problems, "Groups")))
        {
            return null;
        }

        int groups = layer.Integer("Groups"), channels = inputs[0][-1];
        if (channels % groups != 0)
        {
            problems.Report("NC0221", "Groups", layer.Name, NumberText.Integer(groups), NumberText.Integer(channels), "channels");
            return null;
        }

        return inputs[0];
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs) => AffineNormalization.Weights(layer, inputs[0][-1]);

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        throw new NotSupportedException($"{Kind} has no kernels yet.");
}
