using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = activation(transpose of a convolution of x + bias): each value of the image adds its multiple of the kernel to the result.</summary>
internal sealed class TransposeConvolutionRule : LayerRule
{
    private const int Rank = 2;

    // The length of the result follows from stride and padding alone.
    private const int Unset = -1;

    public override string Kind => "Conv2DTranspose";

    public override string NameStem => "conv2d_transpose";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("Filters", 0),
        .. ConvolutionOptions.Window(Rank, isDilated: true),
        Integer("OutputPadding", Unset),
        .. ConvolutionOptions.Common("Kernel"),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!AxisChecks.CheckAxes(layer.Name, Rank, inputs[0], problems)
            || !(WindowOptions.CheckPositive(layer, problems, "Filters") & WindowOptions.Check(layer, "Kernel", Rank, problems)))
        {
            return null;
        }

        int padding = layer.Integer("OutputPadding"), stride = WindowOptions.PerAxis(layer, "Strides", "Stride", Rank).Min();
        if (padding < Unset || padding >= Math.Max(stride, 1))
        {
            problems.Report("NC0201", "OutputPadding", layer.Name, "OutputPadding", NumberText.Integer(padding), $"at least 0 and less than the strides, {NumberText.Integer(stride)}, or -1 for none of one's own");
            return null;
        }

        return new Shape([.. Enumerable.Range(0, Rank).Select(axis => Positions(layer, inputs[0], axis)), layer.Integer("Filters")]);
    }

    public override IEnumerable<WeightSpec> Weights(LayerSpec layer, IReadOnlyList<Shape> inputs)
    {
        // Keras's fans follow the kernel's shape, in which the filters come first.
        int filters = layer.Integer("Filters"), channels = inputs[0][-1];
        WeightSpec kernel = ConvolutionOptions.Kernel(layer, "Kernel", "kernel",
            new Shape([.. WindowOptions.PerAxis(layer, "KernelSize", "Kernel", Rank), filters, channels]), filters, channels);
        return [kernel, .. ConvolutionOptions.Bias(layer, filters, kernel)];
    }

    public override Node Lower(LayerSpec layer, IReadOnlyList<Node> inputs, LayerLowering lowering)
    {
        // Without padding the result may be larger than what the kernels reach, with it smaller: then the smaller half of the rest is cut in front.
        GraphBuilder builder = lowering.Builder;
        Shape input = inputs[0].Shape, output = InferShape(layer, [input], new ProblemSink())!.Value;
        int[] strides = WindowOptions.PerAxis(layer, "Strides", "Stride", Rank), dilations = WindowOptions.PerAxis(layer, "Dilation", "Dilation", Rank);
        int[] sizes = [.. Enumerable.Range(0, Rank).Select(axis => Math.Max(output[axis], ((input[axis] - 1) * strides[axis]) + Reach(layer, axis)))];
        Node y = ConvolutionLowering.Transpose(builder, inputs[0], lowering.Weight("kernel"), strides, dilations, new Shape([.. sizes, output[-1]]));
        for (int axis = 0; axis < Rank; axis++)
        {
            y = builder.Slice(y, axis, (sizes[axis] - output[axis]) / 2, output[axis]);
        }

        return ConvolutionLowering.Finish(layer, y, lowering);
    }

    // As Keras, r being the places that the kernel reaches: H s + max(r - s, 0) without padding, H s with it; with a padding of the output, (H - 1) s + r without, less the halves of r with it.
    private static int Positions(LayerSpec layer, Shape input, int axis)
    {
        int reach = Reach(layer, axis), stride = WindowOptions.PerAxis(layer, "Strides", "Stride", Rank)[axis], padding = layer.Integer("OutputPadding");
        bool isSame = layer.Enumeration("Padding") == "Same";
        int whole = Extents.Product(input[axis], stride);
        return padding != Unset ? Math.Max(Extents.Sum(whole - stride, reach - (isSame ? 2 * (reach / 2) : 0) + padding), 1)
            : isSame ? whole
            : Extents.Sum(whole, Math.Max(reach - stride, 0));
    }

    // From the first place of a dilated kernel to its last.
    private static int Reach(LayerSpec layer, int axis) => Extents.Sum(Extents.Product(
        WindowOptions.PerAxis(layer, "KernelSize", "Kernel", Rank)[axis] - 1, WindowOptions.PerAxis(layer, "Dilation", "Dilation", Rank)[axis]), 1);
}
