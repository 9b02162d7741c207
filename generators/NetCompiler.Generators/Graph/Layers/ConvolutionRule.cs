using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = activation(x * kernel + bias), the kernel sliding along time (Conv1D) or over an image (Conv2D).</summary>
internal sealed class ConvolutionRule(int rank) : LayerRule
{
    public override string Kind { get; } = $"Conv{NumberText.Integer(rank)}D";

    public override string NameStem { get; } = $"conv{NumberText.Integer(rank)}d";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("Filters", 0),
        .. ConvolutionOptions.Window(rank, isDilated: true),
        Integer("Groups", 1),
        .. ConvolutionOptions.Common("Kernel"),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!AxisChecks.CheckAxes(layer.Name, rank, inputs[0], problems)
            || !(WindowOptions.CheckPositive(layer, problems, "Filters") & WindowOptions.Check(layer, "Kernel", rank, problems) & WindowOptions.CheckPositive(layer, problems, "Groups")))
        {
            return null;
        }

        int filters = layer.Integer("Filters"), groups = layer.Integer("Groups");
        foreach ((int count, string what) in new[] { (inputs[0][-1], "channels"), (filters, "filters") })
        {
            if (count % groups != 0)
            {
                problems.Report("NC0221", "Groups", layer.Name, NumberText.Integer(groups), NumberText.Integer(count), what);
                return null;
            }
        }

        SlidingAxis[] axes = WindowOptions.Windows(layer, "Kernel", inputs[0]);
        return WindowOptions.CheckFit(layer, "Kernel", axes, inputs[0], problems) ? new Shape([.. axes.Select(axis => axis.Positions), filters]) : null;
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int filters = layer.Integer("Filters"), channels = inputs[0][-1] / Math.Max(1, layer.Integer("Groups"));
        WeightSpec kernel = ConvolutionOptions.Kernel(layer, "Kernel", "kernel",
            new Shape([.. WindowOptions.PerAxis(layer, "KernelSize", "Kernel", rank), channels, filters]), channels, filters);
        kernel = kernel with { IsFlat = ConvolutionLowering.SplitsFilters(channels, layer.Integer("Groups"), filters) };
        return [kernel, .. ConvolutionOptions.Bias(layer, filters, kernel)];
    }

    public override bool Carries => rank == 1;

    public override bool IsCausal(LayerSpec layer, IReadOnlyList<Shape> inputs) => rank == 1 && layer.Enumeration("Padding") == "Causal" && layer.Integer("Strides") == 1;

    // The inputs that the window still covers are carried; the window then stands on them and the new one.
    public override Node LowerStep(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        SlidingAxis axis = WindowOptions.Windows(layer, "Kernel", inputs[0].Shape)[0];
        int earlier = (int)axis.Reach - 1;
        if (earlier == 0)
        {
            return Lower(layer, inputs, lowering);
        }

        StepState state = lowering.State(new Shape(earlier, inputs[0].Shape[1]));
        Node covered = builder.Concat(0, state.Before, inputs[0]);
        state.After = builder.Slice(covered, 0, 1, earlier);
        SlidingAxis[] axes = [axis with { Size = earlier + 1, Before = 0, After = 0 }];
        return ConvolutionLowering.Finish(layer, ConvolutionLowering.Convolve(builder, covered, lowering.Weight("kernel"), axes, layer.Integer("Groups")), lowering);
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering) => ConvolutionLowering.Finish(layer,
        ConvolutionLowering.Convolve(lowering.Builder, inputs[0], lowering.Weight("kernel"), WindowOptions.Windows(layer, "Kernel", inputs[0].Shape), layer.Integer("Groups")), lowering);
}
