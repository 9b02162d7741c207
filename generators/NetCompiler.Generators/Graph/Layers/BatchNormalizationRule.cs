using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta over all axes but the last, with the statistics of the batch in training and the
/// moving ones in inference (Ioffe and Szegedy 2015).
/// </summary>
internal sealed class BatchNormalizationRule : LayerRule
{
    public override string Kind => "BatchNormalization";

    public override string NameStem => "batch_normalization";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Real("Momentum", 0.99), .. AffineNormalization.Options];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        double momentum = layer.Real("Momentum");
        if (!(momentum >= 0 && momentum <= 1))
        {
            problems.Report("NC0201", "Momentum", layer.Name, "Momentum", momentum.ToString(System.Globalization.CultureInfo.InvariantCulture), "at least 0 and at most 1");
            return null;
        }

        return AffineNormalization.Check(layer, inputs[0], problems) ? inputs[0] : null;
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int channels = inputs[0][-1];
        return
        [
            .. AffineNormalization.Weights(layer, channels),
            AffineNormalization.Weight("moving_mean", channels, "Zeros", isTrainable: false),
            AffineNormalization.Weight("moving_variance", channels, "Ones", isTrainable: false),
        ];
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        throw new NotSupportedException($"{Kind} has no kernels yet.");
}
