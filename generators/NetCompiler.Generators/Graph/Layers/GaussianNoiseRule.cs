using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>In training, adds normal noise with mean 0; nothing in inference.</summary>
internal sealed class GaussianNoiseRule : LayerRule
{
    public override string Kind => "GaussianNoise";

    public override string NameStem => "gaussian_noise";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Real("Deviation", 0)];

    public override bool KeepsSteps => true;

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        double deviation = layer.Real("Deviation");
        if (!(deviation >= 0))
        {
            problems.Report("NC0201", "Deviation", layer.Name, "Deviation", deviation.ToString(System.Globalization.CultureInfo.InvariantCulture), "at least 0");
            return null;
        }

        return inputs[0];
    }

    // y = x + noise
    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        double deviation = layer.Real("Deviation");
        GraphBuilder builder = lowering.Builder;
        return lowering.IsTraining && deviation > 0
            ? builder.Add(inputs[0], RandomGroups.Make(builder, inputs[0].Shape, shape => builder.Make(new NoiseOperation(deviation, lowering.Layer, shape), [], shape, isBatched: true)))
            : inputs[0];
    }
}
