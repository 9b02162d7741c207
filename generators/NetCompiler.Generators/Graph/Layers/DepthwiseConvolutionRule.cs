using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>
/// A convolution over an image whose channels do not mix, with some output channels for each channel; or, separable, one whose result is
/// mixed by a convolution of kernel size 1.
/// </summary>
internal sealed class DepthwiseConvolutionRule(bool isSeparable) : LayerRule
{
    public override string Kind { get; } = isSeparable ? "SeparableConv2D" : "DepthwiseConv2D";

    public override string NameStem { get; } = isSeparable ? "separable_conv2d" : "depthwise_conv2d";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        .. isSeparable ? new[] { Integer("Filters", 0) } : [],
        .. ConvolutionOptions.Window(2, isDilated: true),
        Integer("DepthMultiplier", 1),
        .. ConvolutionOptions.Common("Depthwise"),
        .. isSeparable ? [.. ConvolutionOptions.Initializer("Pointwise", "GlorotUniform"), .. ConvolutionOptions.Penalties("Pointwise")] : Array.Empty<OptionSpec>(),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!AxisChecks.CheckAxes(layer.Name, 2, inputs[0], problems)
            || !((!isSeparable || WindowOptions.CheckPositive(layer, problems, "Filters")) & WindowOptions.Check(layer, "Kernel", 2, problems)
                & WindowOptions.CheckPositive(layer, problems, "DepthMultiplier")))
        {
            return null;
        }

        SlidingAxis[] axes = WindowOptions.Windows(layer, "Kernel", inputs[0]);
        return WindowOptions.CheckFit(layer, "Kernel", axes, inputs[0], problems)
            ? new Shape([.. axes.Select(axis => axis.Positions), isSeparable ? layer.Integer("Filters") : Between(layer, inputs[0])])
            : null;
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        int[] sizes = WindowOptions.PerAxis(layer, "KernelSize", "Kernel", 2);
        int between = Between(layer, inputs[0]);

        // Keras's kernel is (height, width, channels, multiplier), so its fans are those.
        WeightSpec kernel = ConvolutionOptions.Kernel(layer, "Depthwise", "depthwise_kernel", new Shape([.. sizes, 1, between]), inputs[0][-1], layer.Integer("DepthMultiplier"));
        kernel = kernel with { IsFlat = ConvolutionLowering.SplitsFilters(1, inputs[0][-1], between) };
        if (!isSeparable)
        {
            return [kernel, .. ConvolutionOptions.Bias(layer, between, kernel)];
        }

        int filters = layer.Integer("Filters");
        WeightSpec pointwise = ConvolutionOptions.Kernel(layer, "Pointwise", "pointwise_kernel", new Shape(1, 1, between, filters), between, filters);
        return [kernel, pointwise, .. ConvolutionOptions.Bias(layer, filters, pointwise)];
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        GraphBuilder builder = lowering.Builder;
        Shape input = inputs[0].Shape;
        Node apart = ConvolutionLowering.Convolve(builder, inputs[0], lowering.Weight("depthwise_kernel"), WindowOptions.Windows(layer, "Kernel", input), groups: input[-1]);
        if (!isSeparable)
        {
            return ConvolutionLowering.Finish(layer, apart, lowering);
        }

        SlidingAxis[] places = [.. apart.Shape.Sizes.Take(2).Select(size => SlidingAxis.Create(size, 1, 1, 1, "Valid"))];
        return ConvolutionLowering.Finish(layer, ConvolutionLowering.Convolve(builder, apart, lowering.Weight("pointwise_kernel"), places, groups: 1), lowering);
    }

    // Shapes saturate instead of overflowing; what is too large is then reported.
    private static int Between(LayerSpec layer, Shape input) => Extents.Product(input[-1], layer.Integer("DepthMultiplier"));
}
