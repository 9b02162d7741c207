using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Repeats every step of a sequence or every pixel of an image.</summary>
internal sealed class UpSamplingRule(int rank) : LayerRule
{
    public override string Kind { get; } = $"UpSampling{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"up_sampling{NumberText.Integer(rank)}d";

    public override IReadOnlyList<OptionSpec> Options { get; } =
        [Integer("Size", 2), .. rank == 2 ? [Integer("SizeHeight", 0), Integer("SizeWidth", 0)] : Array.Empty<OptionSpec>()];

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
        // Each value goes to every place of a window of its own.
        int[] times = WindowOptions.PerAxis(layer, "Size", "Size", rank);
        Shape shape = new([.. times.Select((factor, axis) => inputs[0].Shape[axis] * factor), inputs[0].Shape[-1]]);
        return lowering.Builder.WindowScatter([.. times.Select(factor => new WindowAxis(factor, factor))], shape, inputs[0]);
    }
}
