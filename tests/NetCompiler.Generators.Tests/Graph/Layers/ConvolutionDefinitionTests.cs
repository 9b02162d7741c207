using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Tests.Common;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>What the golden tensors leave open: groups, multipliers, separable and transposed convolutions, averages at borders, against their definitions.</summary>
public class ConvolutionDefinitionTests
{
    private const int Samples = 2;
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(7, 6, 6, 4, 3, 2, 1, 2, "Valid")]
    [InlineData(7, 6, 6, 9, 3, 1, 2, 3, "Same")]
    [InlineData(5, 8, 4, 4, 2, 3, 1, 4, "Same")]
    [InlineData(4, 4, 3, 6, 5, 1, 1, 3, "Same")]
    public void Convolution_IsItsSum(int height, int width, int channels, int filters, int kernel, int stride, int dilation, int groups, string padding)
    {
        var network = new CompiledNetwork(SpecBuilder.Input(height, width, channels).Layer("Conv2D", ("Filters", filters), ("KernelSize", kernel), ("Strides", stride), ("Dilation", dilation),
            ("Groups", groups), ("Padding", "Padding." + padding)).Build());
        NetworkData data = Data(network);
        AssertEqual(Direct(data, network.Plan.Shapes, kernel, stride, dilation, groups, padding), Predict(network, data));
    }

    [Theory]
    [InlineData(1, "Valid")]
    [InlineData(3, "Same")]
    public void DepthwiseConvolution_HasAGroupForEachChannel(int multiplier, string padding)
    {
        const int Channels = 4;
        var network = new CompiledNetwork(SpecBuilder.Input(6, 5, Channels).Layer("DepthwiseConv2D", ("KernelSize", 3), ("Strides", 2), ("DepthMultiplier", multiplier), ("Padding", "Padding." + padding)).Build());
        NetworkData data = Data(network);
        AssertEqual(Direct(data, network.Plan.Shapes, 3, 2, 1, Channels, padding), Predict(network, data));
    }

    [Fact]
    public void SeparableConvolution_IsADepthwiseOneAndAPointwiseOne()
    {
        var network = new CompiledNetwork(SpecBuilder.Input(6, 5, 3).Layer("SeparableConv2D", ("Filters", 4), ("KernelSize", 2), ("DepthMultiplier", 2)).Build());
        var parts = new CompiledNetwork(SpecBuilder.Input(6, 5, 3).Layer("DepthwiseConv2D", ("KernelSize", 2), ("DepthMultiplier", 2), ("UseBias", 0)).Layer("Conv2D", ("Filters", 4), ("KernelSize", 1)).Build());
        Assert.Equal(network.Plan.Weights.Select(weight => weight.Spec.Shape), parts.Plan.Weights.Select(weight => weight.Spec.Shape));
        NetworkData data = Data(network);
        AssertEqual(Predict(parts, data), Predict(network, data));
    }

    /// <summary>Keras defines it so: the gradient of the convolution whose result would have the input's shape.</summary>
    [Theory]
    [InlineData(3, 4, 3, 2, "Same")]
    [InlineData(3, 4, 4, 1, "Same")]
    [InlineData(3, 4, 2, 3, "Same")]
    [InlineData(3, 4, 3, 2, "Valid")]
    [InlineData(3, 4, 2, 2, "Valid")]
    [InlineData(3, 4, 3, 2, "Valid", 2)]
    [InlineData(3, 4, 3, 1, "Same", 2)]
    [InlineData(3, 4, 3, 2, "Valid", 1, 1)]
    [InlineData(3, 4, 5, 3, "Valid", 1, 0)]
    [InlineData(3, 4, 3, 2, "Same", 1, 0)]
    [InlineData(3, 4, 3, 2, "Same", 1, 1)]
    public void TransposedConvolution_IsTheGradientOfAConvolution(int height, int width, int kernel, int stride, string padding, int dilation = 1, int outputPadding = -1)
    {
        const int Channels = 2, Filters = 3;
        var network = new CompiledNetwork(SpecBuilder.Input(height, width, Channels).Layer("Conv2DTranspose", ("Filters", Filters), ("KernelSize", kernel), ("Strides", stride), ("Dilation", dilation), ("OutputPadding", outputPadding), ("UseBias", 0), ("Padding", "Padding." + padding)).Build());
        int[] large = [.. network.Plan.Shapes[1].Sizes];
        var convolution = new CompiledNetwork(SpecBuilder.Input(large).Layer("Conv2D", ("Filters", Channels), ("KernelSize", kernel), ("Strides", stride), ("Dilation", dilation), ("UseBias", 0), ("Padding", "Padding." + padding)).Build());
        Assert.Equal([height, width, Channels], convolution.Plan.Shapes[1].Sizes);
        NetworkData data = Data(network);
        var interpreter = new GraphInterpreter(Samples, input => input.Role switch
        {
            InputRole.OutputGradient => data[InputRole.Feature, 0],
            InputRole.Feature => new double[Samples * network.Plan.Shapes[1].Length],
            _ => data[input.Role, input.Index],
        });
        AssertEqual(GraphInterpreter.Result(convolution.ForwardBackward, interpreter.Run(convolution.ForwardBackward), ResultRole.InputGradient, 0)!, Predict(network, data));
    }

    [Fact]
    public void AveragePool_CountsWhatIsThere()
    {
        // Pools of 3 with stride 2 over 0 1 2 3 4 5, one place missing at the end: (0 1 2) (2 3 4) (4 5).
        var network = new CompiledNetwork(SpecBuilder.Input(6, 1).Layer("AveragePool1D", ("PoolSize", 3), ("Strides", 2), ("Padding", "Padding.Same")).Build());
        var interpreter = new GraphInterpreter(1, _ => [0, 1, 2, 3, 4, 5]);
        AssertEqual([1, 3, 4.5], GraphInterpreter.Result(network.Inference, interpreter.Run(network.Inference), ResultRole.Output, 0)!);
    }

    [Fact]
    public void Noise_IsAbsentInInference()
    {
        var network = new CompiledNetwork(SpecBuilder.Input(4, 3).Layer("GaussianNoise", ("Deviation", 0.5)).Build());
        NetworkData data = Data(network);
        AssertEqual(data[InputRole.Feature, 0], Predict(network, data));
        Assert.Contains(network.ForwardBackward.Nodes, node => node.Operation is NoiseOperation { Deviation: 0.5 });
    }

    private static NetworkData Data(CompiledNetwork network) => new(network.Plan, Samples, seed: 3);

    private static double[] Predict(CompiledNetwork network, NetworkData data) =>
        GraphInterpreter.Result(network.Inference, GraphInterpreter.Run(network.Inference, data), ResultRole.Output, 0)!;

    // y[h, w, n] = bias[n] + sum over y, x, c of x[h s + y d - before, w s + x d - before, group(n) channels + c] kernel[y, x, c, n]
    private static double[] Direct(NetworkData data, IReadOnlyList<Shape> shapes, int kernel, int stride, int dilation, int groups, string padding)
    {
        Shape input = shapes[0], output = shapes[1];
        double[] x = data[InputRole.Feature, 0], weights = data[InputRole.Parameter, 0], bias = data[InputRole.Parameter, 1];
        int channels = input[-1] / groups, filters = output[-1];
        int Before(int axis) => padding == "Valid" ? 0 : Math.Max(((output[axis] - 1) * stride) + ((kernel - 1) * dilation) + 1 - input[axis], 0) / 2;
        return
        [
            .. MovementDefinitions.Places(new Shape([Samples, .. output.Sizes])).Select(at =>
            {
                double sum = bias[at[3]];
                foreach (int[] offset in MovementDefinitions.Places(new Shape(kernel, kernel, channels)))
                {
                    int h = (at[1] * stride) + (offset[0] * dilation) - Before(0), w = (at[2] * stride) + (offset[1] * dilation) - Before(1);
                    if (h >= 0 && h < input[0] && w >= 0 && w < input[1])
                    {
                        int channel = (at[3] / (filters / groups) * channels) + offset[2];
                        sum += x[(((((at[0] * input[0]) + h) * input[1]) + w) * input[2]) + channel] * weights[(((((offset[0] * kernel) + offset[1]) * channels) + offset[2]) * filters) + at[3]];
                    }
                }

                return sum;
            }),
        ];
    }

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
