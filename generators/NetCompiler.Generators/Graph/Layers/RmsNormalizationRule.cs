using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = gamma x / sqrt(mean(x^2) + epsilon) over the last axis (Zhang and Sennrich 2019).</summary>
internal sealed class RmsNormalizationRule : LayerRule
{
    public override string Kind => "RmsNormalization";

    public override string NameStem => "rms_normalization";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Real("Epsilon", 1e-6), Enumeration("GammaInitializer", "Initializer.Ones"), .. AffineNormalization.GammaNumbers];

    public override bool KeepsSteps => true;

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) =>
        AffineNormalization.Check(layer, inputs[0], problems) ? inputs[0] : null;

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs) =>
        [AffineNormalization.Gamma(layer, inputs[0][-1])];

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Node square = NormalizationLowering.MeanOfLastAxis(builder, builder.Apply(Elementwise.Square, inputs[0]));
        return builder.Multiply(builder.Multiply(inputs[0], NormalizationLowering.InverseDeviation(builder, layer, square)), lowering.Weight("gamma"));
    }
}
