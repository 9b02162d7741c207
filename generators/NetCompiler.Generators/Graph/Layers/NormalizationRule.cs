using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = (x - mean) / max(sqrt(variance), 1e-7) over the last axis, as Keras's Normalization; both are statistics that Adapt measures.</summary>
internal sealed class NormalizationRule : LayerRule
{
    public override string Kind => "Normalization";

    public override string NameStem => "normalization";

    public override bool KeepsSteps => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) => inputs[0];

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int features = inputs[0][-1];
        yield return new WeightSpec("mean", new Shape(features), "Zeros", double.NaN, features, features, IsTrainable: false, 0, 0);
        yield return new WeightSpec("variance", new Shape(features), "Ones", double.NaN, features, features, IsTrainable: false, 0, 0);
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        // y = (x - mean) / max(sqrt(variance), 1e-7)
        GraphBuilder builder = lowering.Builder;
        Node deviation = builder.Apply(Elementwise.Maximum, builder.Apply(Elementwise.Sqrt, lowering.Weight("variance")), builder.Constant(1e-7));
        return builder.Apply(Elementwise.Divide, builder.Subtract(inputs[0], lowering.Weight("mean")), deviation);
    }
}
