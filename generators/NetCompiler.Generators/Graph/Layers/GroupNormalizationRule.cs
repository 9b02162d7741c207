using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = gamma (x - mean) / sqrt(variance + epsilon) + beta over all places and the channels of a group (Wu and He 2018).</summary>
internal sealed class GroupNormalizationRule : LayerRule
{
    public override string Kind => "GroupNormalization";

    public override string NameStem => "group_normalization";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Integer("Groups", 32), .. AffineNormalization.Options];

    public override bool KeepsSteps => true;

    // Its means are those of all steps.
    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => false;

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

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Shape shape = inputs[0].Shape;
        int channels = shape[-1], places = (int)(shape.Length / channels);
        Node x = builder.Reshape(inputs[0], new Shape(places, channels));
        Node centered = builder.Subtract(x, MeanOfGroups(builder, layer, x));
        Node variance = MeanOfGroups(builder, layer, builder.Apply(Elementwise.Square, centered));
        return builder.Reshape(NormalizationLowering.ScaleChannels(layer, centered, NormalizationLowering.InverseDeviation(builder, layer, variance), lowering), shape);
    }

    // Of (places, channels) for each channel the mean of its group: first over the places, so that only few values are split into groups.
    private static Node MeanOfGroups(GraphBuilder builder, LayerSpec layer, Node x)
    {
        int groups = layer.Integer("Groups"), channels = x.Shape[-1], each = channels / groups;
        Node sums = builder.Reduce(ReduceKind.Sum, ReduceExtent.LastAxis, builder.Reshape(builder.SumRowAxis(x), new Shape(groups, each)));
        Node means = builder.Scale(sums, 1.0 / ((double)x.Shape[0] * each));
        return builder.Reshape(builder.Broadcast(means, new Shape(groups, each), isBatched: true), new Shape(1, channels));
    }
}
