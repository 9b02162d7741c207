using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The maximum or the mean of each window; what lies beyond the borders does not take part.</summary>
internal sealed class PoolRule(ReduceKind reduction, int rank) : LayerRule
{
    public override string Kind { get; } = $"{PoolNames.Word(reduction)}Pool{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"{PoolNames.Stem(reduction)}_pool{NumberText.Integer(rank)}d";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("PoolSize", 2),
        .. rank == 2 ? [Integer("PoolHeight", 0), Integer("PoolWidth", 0)] : Array.Empty<OptionSpec>(),
        Integer("Strides", 0),
        .. rank == 2 ? [Integer("StrideHeight", 0), Integer("StrideWidth", 0)] : Array.Empty<OptionSpec>(),
        Enumeration("Padding", "Padding.Valid"),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!AxisChecks.CheckAxes(layer.Name, rank, inputs[0], problems) || !WindowOptions.Check(layer, "Pool", rank, problems))
        {
            return null;
        }

        WindowAxis[] axes = WindowOptions.Windows(layer, "Pool", inputs[0]);
        return WindowOptions.CheckFit(layer, "Pool", axes, inputs[0], problems) ? new Shape([.. axes.Select(axis => axis.Positions), inputs[0][-1]]) : null;
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) =>
        throw new NotSupportedException($"{Kind} has no kernels yet.");
}
