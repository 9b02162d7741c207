using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

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

    public override bool UpdatesStatistics => true;

    public override bool KeepsSteps => true;

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
            AffineNormalization.Statistic("moving_mean", channels, "Zeros"),
            AffineNormalization.Statistic("moving_variance", channels, "Ones"),
        ];
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Node x = inputs[0], movingMean = lowering.Weight("moving_mean"), movingVariance = lowering.Weight("moving_variance");
        if (!lowering.IsTraining)
        {
            return NormalizationLowering.ScaleChannels(layer, builder.Subtract(x, movingMean), NormalizationLowering.InverseDeviation(builder, layer, movingVariance), lowering);
        }

        // In two passes, since the mean square minus the squared mean would lose the digits of a small variance.
        Node samples = builder.Input(InputRole.BatchCount, 0, Shape.Scalar, isBatched: false);
        Node share = builder.Scale(builder.Apply(Elementwise.Reciprocal, samples), x.Shape[-1] / (double)x.Shape.Length);
        Node mean = builder.Multiply(builder.SumRows(x), share), centered = builder.Subtract(x, mean);
        Node variance = builder.Multiply(builder.SumRows(builder.Apply(Elementwise.Square, centered)), share);
        lowering.UpdateStatistic("moving_mean", Moved(builder, layer, movingMean, mean));
        lowering.UpdateStatistic("moving_variance", Moved(builder, layer, movingVariance, variance));
        return NormalizationLowering.ScaleChannels(layer, centered, NormalizationLowering.InverseDeviation(builder, layer, variance), lowering);
    }

    // momentum moving + (1 - momentum) batch
    private static Node Moved(GraphBuilder builder, LayerSpec layer, Node moving, Node batch)
    {
        double momentum = layer.Real("Momentum");
        return builder.Add(builder.Scale(moving, momentum), builder.Scale(batch, 1 - momentum));
    }
}
