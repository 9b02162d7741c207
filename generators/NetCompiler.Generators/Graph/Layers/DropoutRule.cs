using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>In training, zeroes a fraction of the values and divides the others by what remains; nothing in inference.</summary>
internal sealed class DropoutRule : LayerRule
{
    public override string Kind => "Dropout";

    public override string NameStem => "dropout";

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
        return lowering.IsTraining && rate > 0 ? lowering.Builder.Multiply(inputs[0], RandomGroups.Make(lowering.Builder, inputs[0].Shape, shape => lowering.Builder.DropoutMask(rate, lowering.Layer, shape))) : inputs[0];
    }
}
