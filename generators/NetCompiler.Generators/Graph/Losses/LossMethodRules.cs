using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Layers;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Losses;

/// <summary>What loss methods may call: what has no weights and is the same in every training, as in Forward methods; sums over the batch; the built-in losses.</summary>
internal static class LossMethodRules
{
    /// <summary>Before the name of a built-in loss.</summary>
    public const string LossPrefix = "Losses.";

    private static readonly Dictionary<string, LayerRule> Own = ((LayerRule[])
    [
        new BatchReductionRule(isMean: false),
        new BatchReductionRule(isMean: true),
        new BuiltInLossRule("MeanSquaredError"),
        new BuiltInLossRule("MeanAbsoluteError"),
        new BuiltInLossRule("Huber"),
        new BuiltInLossRule("BinaryCrossentropy"),
        new BuiltInLossRule("CategoricalCrossentropy"),
        new BuiltInLossRule("SparseCategoricalCrossentropy", isSparse: true),
        new BuiltInLossRule("NegativeLogLikelihood", isSparse: true),
        new BuiltInLossRule("KullbackLeibler"),
        new BuiltInLossRule("Hinge"),
        new BuiltInLossRule("CosineSimilarity"),
        new BuiltInLossRule("Perceptron"),
    ]).ToDictionary(rule => rule.Kind);

    /// <summary>The rule of an operation, or null.</summary>
    public static LayerRule? Find(string kind) => Own.TryGetValue(kind, out LayerRule? own) ? own : LayerRule.Find(kind) is { IsWeightless: true } rule ? rule : null;

    /// <summary>Sums and means over the samples of a batch, element by element: one value for the batch.</summary>
    private sealed class BatchReductionRule(bool isMean) : LayerRule
    {
        public override string Kind => isMean ? "BatchMean" : "BatchSum";

        public override string NameStem => isMean ? "batch_mean" : "batch_sum";

        public override IReadOnlyList<OptionSpec> Options => [];

        public override bool TakesScalars => true;

        public override bool TakesUnbatched => true;

        public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) => inputs[0];

        // Other axes are carried along as one.
        public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
        {
            Node x = inputs[0];
            if (!x.IsBatched)
            {
                return x; // one value for the batch already
            }

            GraphBuilder builder = lowering.Builder;
            Node sum = builder.Reshape(builder.SumRows(builder.Reshape(x, new Shape((int)x.Shape.Length))), x.Shape);
            return isMean ? builder.Apply(Elementwise.Divide, sum, builder.Input(InputRole.BatchCount, 0, Shape.Scalar, isBatched: false)) : sum;
        }
    }

    /// <summary>A built-in loss of an output, probabilities where it judges any, and a target: one value per sample, of the steps that count.</summary>
    private sealed class BuiltInLossRule(string loss, bool isSparse = false) : LayerRule
    {
        public override string Kind => LossPrefix + loss;

        public override string NameStem { get; } = MemberNames.Snake(loss);

        public override IReadOnlyList<OptionSpec> Options => [];

        public override bool TakesScalars => true;

        public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
        {
            Shape output = inputs[0], target = inputs[1];
            if (isSparse ? output.Rank > 0 && target.Length * output[-1] == output.Length : target == output)
            {
                return Shape.Scalar;
            }

            problems.Report("NC0233", "", layer.Name, output.ToString(), "@0", target.ToString(), "@1", isSparse ? "a class is needed for each distribution, which is the output's last axis" : "both must be equal");
            return null;
        }

        public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
            LossLowering.Lower(lowering.Builder, loss, inputs[0], inputs[1], fromLogits: false, labelSmoothing: 0, delta: 1, lowering.Masks[0]);
    }
}
