using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Repeats every step of a sequence or every pixel of an image, or interpolates between pixels.</summary>
internal sealed class UpSamplingRule(int rank) : LayerRule
{
    public override string Kind { get; } = $"UpSampling{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"up_sampling{NumberText.Integer(rank)}d";

    public override bool IsWeightless => true;

    public override IReadOnlyList<OptionSpec> Options { get; } =
        [Integer("Size", 2), .. rank == 2 ? [Integer("SizeHeight", 0), Integer("SizeWidth", 0), new("Interpolation", OptionType.Enumeration, 0, "Interpolation.Nearest", default)] : Array.Empty<OptionSpec>()];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!AxisChecks.CheckAxes(layer.Name, rank, inputs[0], problems) || !WindowOptions.CheckPositive(layer, problems, "Size")
            || (rank == 2 && !(WindowOptions.CheckOverride(layer, problems, "SizeHeight", "Size") & WindowOptions.CheckOverride(layer, problems, "SizeWidth", "Size"))))
        {
            return null;
        }

        int[] times = WindowOptions.PerAxis(layer, "Size", "Size", rank);
        return new Shape([.. times.Select((factor, axis) => Extents.Product(inputs[0][axis], factor)), inputs[0][-1]]);
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        int[] times = WindowOptions.PerAxis(layer, "Size", "Size", rank);
        if (rank == 2 && layer.Enumeration("Interpolation") == "Bilinear")
        {
            return Interpolate(lowering.Builder, Interpolate(lowering.Builder, inputs[0], 0, times[0]), 1, times[1]);
        }

        // Each value goes to every place of a window of its own.
        Shape shape = new([.. times.Select((factor, axis) => inputs[0].Shape[axis] * factor), inputs[0].Shape[-1]]);
        return lowering.Builder.WindowScatter([.. times.Select(factor => new WindowAxis(factor, factor))], shape, inputs[0]);
    }

    // Place i of the result lies at (i + 1/2) / times - 1/2 of the axis: each place of a window, between two neighbours, is a slice of its own; beyond the ends the outermost values go on.
    private static Node Interpolate(GraphBuilder builder, Node x, int axis, int times)
    {
        if (times == 1)
        {
            return x;
        }

        int size = x.Shape[axis];
        Node before = builder.Concat(axis, builder.Slice(x, axis, 0, 1), builder.Slice(x, axis, 0, size)), after = builder.Concat(axis, builder.Slice(x, axis, 0, size), builder.Slice(x, axis, size - 1, 1));
        Node first = builder.Slice(before, axis, 0, size), last = builder.Slice(after, axis, 1, size);
        int[] sizes = [.. x.Shape.Sizes], apart = [.. sizes.Take(axis + 1), 1, .. sizes.Skip(axis + 1)];
        Node[] places = [.. Enumerable.Range(0, times).Select(place =>
        {
            double offset = ((place + 0.5) / times) - 0.5, share = Math.Abs(offset);
            Node value = offset == 0 ? x : builder.Add(builder.Scale(x, 1 - share), builder.Scale(offset < 0 ? first : last, share));
            return builder.Reshape(value, new Shape(apart));
        })];
        sizes[axis] *= times;
        return builder.Reshape(builder.Concat(axis + 1, places), new Shape(sizes));
    }
}
