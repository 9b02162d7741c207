using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = (x - mean) / max(sqrt(variance), 1e-7) over the last axis, as Keras's Normalization; both are statistics that Adapt measures.</summary>
internal sealed partial class NormalizationRule : LayerRule
{
    public override string Kind => "Normalization";

    public override string NameStem => "normalization";

    public override IReadOnlyList<OptionSpec> Options { get; } = [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) => inputs[0];

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int features = inputs[0][-1];
        yield return new WeightSpec("mean", new Shape(features), "Zeros", double.NaN, features, features, IsTrainable: false, 0, 0);
        yield return new WeightSpec("variance", new Shape(features), "Ones", double.NaN, features, features, IsTrainable: false, 0, 0);
    }
}
