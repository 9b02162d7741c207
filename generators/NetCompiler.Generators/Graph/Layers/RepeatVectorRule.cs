using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>A vector as every step of a sequence.</summary>
internal sealed class RepeatVectorRule : LayerRule
{
    public override string Kind => "RepeatVector";

    public override string NameStem => "repeat_vector";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Integer("Times", 0)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) =>
        AxisChecks.CheckAxes(layer.Name, 0, inputs[0], problems) && WindowOptions.CheckPositive(layer, problems, "Times")
            ? new Shape(layer.Integer("Times"), inputs[0][0])
            : null;

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        int features = inputs[0].Shape[0];
        return lowering.Builder.Broadcast(lowering.Builder.Reshape(inputs[0], new Shape(1, features)), new Shape(layer.Integer("Times"), features), isBatched: true);
    }
}
