using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>In training, zeroes a fraction of the values and divides the others by what remains; nothing in inference.</summary>
internal sealed class DropoutRule : LayerRule
{
    public override string Kind => "Dropout";

    public override string NameStem => "dropout";

    public override bool KeepsSteps => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Real("Rate", 0)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        double rate = layer.Real("Rate");
        if (!(rate >= 0 && rate < 1))
        {
            problems.Report("NC0201", "Rate", layer.Name, "Rate", rate.ToString(System.Globalization.CultureInfo.InvariantCulture), "at least 0 and below 1");
            return null;
        }

        return inputs[0];
    }

    // y = x mask, the mask being 0 or 1 / (1 - rate)
    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        double rate = layer.Real("Rate");
        return lowering.IsTraining && rate > 0 ? lowering.Builder.Multiply(inputs[0], Mask(lowering, rate, inputs[0].Shape, ordinal: 0)) : inputs[0];
    }

    /// <summary>A mask of a shape, 0 or 1 / (1 - rate); the masks of one layer differ by their ordinals.</summary>
    public static Node Mask(LayerLowering lowering, double rate, Shape shape, int ordinal) => RandomGroups.Make(lowering.Builder, shape, drawn =>
        lowering.Builder.Make(new DropoutMaskOperation(rate, lowering.Layer, drawn) { Ordinal = ordinal }, [], drawn, isBatched: true));
}
