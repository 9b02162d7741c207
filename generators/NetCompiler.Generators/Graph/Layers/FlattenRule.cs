using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>All axes become one.</summary>
internal sealed class FlattenRule : LayerRule
{
    public override string Kind => "Flatten";

    public override string NameStem => "flatten";

    public override bool IsWeightless => true;

    public override bool TakesScalars => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) => new Shape((int)inputs[0].Length);

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        lowering.Builder.Reshape(inputs[0], new Shape((int)inputs[0].Shape.Length));
}
