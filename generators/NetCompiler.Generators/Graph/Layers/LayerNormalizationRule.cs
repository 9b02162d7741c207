using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = gamma (x - mean) / sqrt(variance + epsilon) + beta over the last axis (Ba et al. 2016).</summary>
internal sealed class LayerNormalizationRule : LayerRule
{
    public override string Kind => "LayerNormalization";

    public override string NameStem => "layer_normalization";

    public override IReadOnlyList<OptionSpec> Options => AffineNormalization.Options;

    public override bool KeepsSteps => true;

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) =>
        AffineNormalization.Check(layer, inputs[0], problems) ? inputs[0] : null;

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs) => AffineNormalization.Weights(layer, inputs[0][-1]);

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Node centered = builder.Subtract(inputs[0], NormalizationLowering.MeanOfLastAxis(builder, inputs[0]));
        Node variance = NormalizationLowering.MeanOfLastAxis(builder, builder.Apply(Elementwise.Square, centered));
        return NormalizationLowering.ScaleAndShift(layer, builder.Multiply(centered, NormalizationLowering.InverseDeviation(builder, layer, variance)), lowering);
    }
}
