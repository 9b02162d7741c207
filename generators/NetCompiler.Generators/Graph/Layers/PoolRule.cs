using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The maximum or the mean of each window; what lies beyond the borders does not take part.</summary>
internal sealed class PoolRule(ReduceKind reduction, int rank) : LayerRule
{
    public override string Kind { get; } = $"{PoolNames.Word(reduction)}Pool{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"{PoolNames.Stem(reduction)}_pool{NumberText.Integer(rank)}d";

    public override bool IsWeightless => true;

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

        SlidingAxis[] axes = WindowOptions.Windows(layer, "Pool", inputs[0]);
        return WindowOptions.CheckFit(layer, "Pool", axes, inputs[0], problems) ? new Shape([.. axes.Select(axis => axis.Positions), inputs[0][-1]]) : null;
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        SlidingAxis[] axes = WindowOptions.Windows(layer, "Pool", inputs[0].Shape);
        WindowAxis[] windows = [.. axes.Select(axis => new WindowAxis(axis.Window, axis.Stride))];
        if (reduction == ReduceKind.Max)
        {
            return builder.Window(WindowKind.Max, ConvolutionLowering.PadAxes(builder, inputs[0], axes, double.NegativeInfinity), windows);
        }

        Node sum = builder.Window(WindowKind.Sum, ConvolutionLowering.PadAxes(builder, inputs[0], axes), windows);
        if (axes.All(axis => !axis.IsPadded))
        {
            return builder.Scale(sum, 1.0 / windows.Aggregate(1L, (product, axis) => product * axis.Size));
        }

        // At the borders windows count fewer values: as many as there are ones under them.
        Node ones = builder.Broadcast(builder.Constant(1), new Shape([.. axes.Select(axis => axis.Size), 1]), isBatched: false);
        Node counts = builder.Window(WindowKind.Sum, ConvolutionLowering.PadAxes(builder, ones, axes), windows);
        return builder.Multiply(sum, builder.Apply(Elementwise.Reciprocal, counts));
    }
}
