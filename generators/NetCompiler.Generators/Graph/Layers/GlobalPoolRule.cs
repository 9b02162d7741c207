using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Ops;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The maximum or the mean of each channel over all steps or the whole image.</summary>
internal sealed class GlobalPoolRule(ReduceKind reduction, int rank) : LayerRule
{
    public override string Kind { get; } = $"Global{PoolNames.Word(reduction)}Pool{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"global_{PoolNames.Stem(reduction)}_pool{NumberText.Integer(rank)}d";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [Boolean("KeepDims", false)];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems) =>
        AxisChecks.CheckAxes(layer.Name, rank, inputs[0], problems) ? ResultShape(layer, inputs[0][-1]) : null;

    private Shape ResultShape(LayerSpec layer, int channels) => layer.Boolean("KeepDims") ? new Shape([.. Enumerable.Repeat(1, rank), channels]) : new Shape(channels);

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        // Neighbouring axes become one, which moves nothing.
        GraphBuilder builder = lowering.Builder;
        int channels = inputs[0].Shape[-1], places = (int)(inputs[0].Shape.Length / channels);
        Node rows = builder.Reshape(inputs[0], new Shape(places, channels));
        if (rank == 1 && lowering.Masks[0] is { } mask)
        {
            return builder.Reshape(Masked(builder, rows, mask), ResultShape(layer, channels));
        }

        Node reduced = builder.Reshape(places == 1 ? rows : builder.Reduce(reduction, ReduceExtent.RowAxis, rows), ResultShape(layer, channels));
        return reduction == ReduceKind.Sum ? builder.Scale(reduced, 1.0 / places) : reduced;
    }

    // Over the steps that count: sum / max(count, 1), or the maximum; 0 where no step counts.
    private Node Masked(GraphBuilder builder, Node rows, Node mask)
    {
        int steps = rows.Shape[0], channels = rows.Shape[1];
        Node count = builder.SumSample(mask), absent = builder.Constant(reduction == ReduceKind.Sum ? 0 : double.NegativeInfinity);
        Node counted = builder.Apply(Elementwise.Choose, builder.Reshape(mask, new Shape(steps, 1)), rows, absent);
        Node reduced = builder.Reshape(steps == 1 ? counted : builder.Reduce(reduction, ReduceExtent.RowAxis, counted), new Shape(channels));
        return reduction == ReduceKind.Sum
            ? builder.Apply(Elementwise.Divide, reduced, builder.Apply(Elementwise.Maximum, count, builder.Constant(1)))
            : builder.Apply(Elementwise.Choose, count, reduced, builder.Constant(0));
    }
}
