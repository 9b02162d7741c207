using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>The sum, the mean or the largest value over some axes, which go, or over all of a sample.</summary>
internal sealed class ReduceRule : LayerRule
{
    private ReduceRule(string kind)
    {
        Kind = kind;
        NameStem = kind.ToLowerInvariant();
    }

    public static IEnumerable<LayerRule> Rules { get; } = [new ReduceRule("Sum"), new ReduceRule("Mean"), new ReduceRule("Max")];

    public override string Kind { get; }

    public override string NameStem { get; }

    public override bool TakesScalars => true;

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } = [IntegerList("Axis")];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        Shape input = inputs[0];
        if (layer.Integers("Axis").Any(axis => axis >= input.Rank || axis < -input.Rank))
        {
            problems.Report("NC0312", "Axis", string.Join(", ", layer.Integers("Axis").Select(axis => NumberText.Integer(axis))), input.ToString());
            return null;
        }

        int[] removed = Removed(layer, input);
        return removed.Length == 0 ? Shape.Scalar : new Shape([.. input.Sizes.Where((_, axis) => !removed.Contains(axis))]);
    }

    // The axes that go become the last one, over which the operation is known.
    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Node x = inputs[0];
        int[] removed = Removed(layer, x.Shape), kept = [.. Enumerable.Range(0, x.Shape.Rank).Except(removed)];
        if (removed.Length == 0 || kept.Length == 0)
        {
            return ReduceSample(builder, x);
        }

        Node moved = builder.Transpose(x, [.. kept, .. removed]);
        int[] rest = [.. kept.Select(axis => x.Shape[axis])];
        Node rows = builder.Reshape(moved, new Shape([.. rest, (int)(x.Shape.Length / new Shape(rest).Length)]));
        Node reduced = builder.Reshape(builder.Reduce(Kind == "Max" ? ReduceKind.Max : ReduceKind.Sum, ReduceExtent.LastAxis, rows), new Shape(rest));
        return Kind == "Mean" ? builder.Scale(reduced, 1.0 / rows.Shape[-1]) : reduced;
    }

    /// <summary>Steps that stay are masked as they were.</summary>
    public override Node? Mask(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        int[] removed = Removed(layer, inputs[0].Shape);
        return removed.Length == 0 || removed.Contains(0) ? null : lowering.Masks[0];
    }

    private Node ReduceSample(GraphBuilder builder, Node x) => Kind switch
    {
        "Max" => builder.Reduce(ReduceKind.Max, ReduceExtent.LastAxis, builder.Reshape(x, new Shape((int)x.Shape.Length))),
        "Sum" => builder.SumSample(x),
        _ => builder.Scale(builder.SumSample(x), 1.0 / x.Shape.Length),
    };

    private static int[] Removed(LayerSpec layer, Shape input) =>
        [.. layer.Integers("Axis").Select(axis => axis < 0 ? axis + input.Rank : axis).Distinct().OrderBy(axis => axis)];
}
