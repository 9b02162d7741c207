using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>y = activation(transpose of a convolution of x + bias): each value of the image adds its multiple of the kernel to the result.</summary>
internal sealed class TransposeConvolutionRule : LayerRule
{
    private const int Rank = 2;

    public override string Kind => "Conv2DTranspose";

    public override string NameStem => "conv2d_transpose";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        Integer("Filters", 0),
        .. ConvolutionOptions.Window(Rank, isDilated: false),
        .. ConvolutionOptions.Common("Kernel"),
    ];

    public override Shape? InferShape(LayerSpec layer, IReadOnlyList<Shape> inputs, ProblemSink problems)
    {
        if (!AxisChecks.CheckAxes(layer.Name, Rank, inputs[0], problems)
            || !(WindowOptions.CheckPositive(layer, problems, "Filters") & WindowOptions.Check(layer, "Kernel", Rank, problems)))
        {
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
        int[] kernel = WindowOptions.PerAxis(layer, "KernelSize", "Kernel", Rank), strides = WindowOptions.PerAxis(layer, "Strides", "Stride", Rank);
        int[] sizes = [.. Enumerable.Range(0, Rank).Select(axis => Math.Max(output[axis], ((input[axis] - 1) * strides[axis]) + kernel[axis]))];
        Node y = ConvolutionLowering.Transpose(builder, inputs[0], lowering.Weight("kernel"), strides, new Shape([.. sizes, output[-1]]));
        for (int axis = 0; axis < Rank; axis++)
        {
            y = builder.Slice(y, axis, (sizes[axis] - output[axis]) / 2, output[axis]);
        }

        return ConvolutionLowering.Finish(layer, y, lowering);
    }

    // As Keras: H s + max(k - s, 0) without padding, H s with it.
    private static int Positions(LayerSpec layer, Shape input, int axis)
    {
        int kernel = WindowOptions.PerAxis(layer, "KernelSize", "Kernel", Rank)[axis], stride = WindowOptions.PerAxis(layer, "Strides", "Stride", Rank)[axis];
        int whole = Extents.Product(input[axis], stride);
        return layer.Enumeration("Padding") == "Same" ? whole : Extents.Sum(whole, Math.Max(kernel - stride, 0));
    }
}
