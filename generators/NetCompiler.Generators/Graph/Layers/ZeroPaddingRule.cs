using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Zeros around a sequence or an image.</summary>
internal sealed class ZeroPaddingRule(int rank) : LayerRule
{
    public override string Kind { get; } = $"ZeroPadding{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"zero_padding{NumberText.Integer(rank)}d";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = BorderOptions.Options("Padding", rank);

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        Shape input = inputs[0];
        return AxisChecks.CheckAxes(layer.Name, rank, input, problems) && BorderOptions.Check(layer, "Padding", rank, problems)
            ? new Shape([.. BorderOptions.Read(layer, "Padding", rank).Select((side, axis) => Extents.Sum(input[axis], side.Before, side.After)), input[-1]])
            : null;
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        (int Before, int After)[] sides = BorderOptions.Read(layer, "Padding", rank);
        return lowering.Builder.Pad(inputs[0], [.. sides.Select(side => side.Before), 0], [.. sides.Select(side => side.After), 0]);
    }
}
