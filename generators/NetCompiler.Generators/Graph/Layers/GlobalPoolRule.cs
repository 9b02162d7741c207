using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The maximum or the mean of each channel over all steps or the whole image.</summary>
internal sealed class GlobalPoolRule(ReduceKind reduction, int rank) : LayerRule
{
    public override string Kind { get; } = $"Global{PoolNames.Word(reduction)}Pool{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"global_{PoolNames.Stem(reduction)}_pool{NumberText.Integer(rank)}d";

    public override IReadOnlyList<OptionSpec> Options { get; } = [];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) =>
        AxisChecks.CheckAxes(layer.Name, rank, inputs[0], problems) ? new Shape(inputs[0][-1]) : null;

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        throw new NotSupportedException($"{Kind} has no kernels yet.");
}
