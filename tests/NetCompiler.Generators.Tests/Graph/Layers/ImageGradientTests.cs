using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Tests.Common;
using NetCompiler.TestKit;

namespace NetCompiler.Generators.Tests.Graph.Layers;

/// <summary>
/// Every layer over images and every option that changes its graph, at awkward sizes, in double: the derivative in one random direction
/// against a central difference.
/// </summary>
public class ImageGradientTests
{
    private const int Samples = 3;
    private const double Step = 1e-5;

    // A central difference in double: its own error is about step^2, rounding adds 1e-11.
    private const double Tolerance = 1e-6;

    public static TheoryData<string, int[], string> Layers => new()
    {
        { "Conv1D", [7, 3], "Filters 4 KernelSize 3 Strides 2 Padding Padding.Same" },
        { "Conv1D", [9, 1], "Filters 1 KernelSize 2 Dilation 3 Padding Padding.Causal Activation Activation.Tanh" },
        { "Conv1D", [7, 6], "Filters 4 KernelSize 3 Groups 2 UseBias 0" },
        { "Conv1D", [1, 3], "Filters 2 KernelSize 5 Padding Padding.Same" },
        { "Conv2D", [7, 5, 3], "Filters 5 KernelSize 3 Strides 2 StrideWidth 1 Activation Activation.Gelu" },
        { "Conv2D", [6, 7, 2], "Filters 3 KernelSize 2 KernelWidth 3 Dilation 2 Padding Padding.Same" },
        { "Conv2D", [5, 4, 6], "Filters 9 KernelSize 2 Groups 3 Activation Activation.Sigmoid" },
        { "Conv2D", [5, 4, 3], "Filters 6 KernelSize 3 Groups 3 Padding Padding.Same" },
        { "Conv2D", [5, 4, 3], "Filters 4 KernelSize 1 Activation Activation.Softmax" },
        { "Conv2D", [9, 9, 2], "Filters 2 KernelSize 1 Strides 3" },
        { "DepthwiseConv2D", [6, 5, 3], "KernelSize 3 Padding Padding.Same Strides 2" },
        { "DepthwiseConv2D", [6, 5, 3], "KernelSize 2 DepthMultiplier 3 DilationHeight 2" },
        { "DepthwiseConv2D", [4, 4, 1], "KernelSize 3 DepthMultiplier 2" },
        { "SeparableConv2D", [5, 6, 3], "Filters 4 KernelSize 3 DepthMultiplier 2 Activation Activation.Silu" },
        { "Conv2DTranspose", [3, 4, 2], "Filters 3 KernelSize 3 Strides 2" },
        { "Conv2DTranspose", [3, 4, 2], "Filters 3 KernelSize 2 Strides 3" },
        { "Conv2DTranspose", [3, 4, 2], "Filters 1 KernelSize 4 StrideHeight 2 Padding Padding.Same Activation Activation.Tanh" },
        { "Conv2DTranspose", [3, 2, 3], "Filters 2 KernelSize 2 Strides 4 Padding Padding.Same" },
        { "Conv2DTranspose", [3, 4, 2], "Filters 3 KernelSize 3 Strides 2 Dilation 2 DilationWidth 1" },
        { "Conv2DTranspose", [3, 4, 2], "Filters 3 KernelSize 3 Strides 2 OutputPadding 1 Padding Padding.Same" },
        { "MaxPool1D", [7, 3], "PoolSize 3 Strides 2 Padding Padding.Same" },
        { "MaxPool2D", [7, 6, 2], "PoolSize 3 PoolWidth 2 StrideHeight 1" },
        { "MaxPool2D", [5, 5, 1], "PoolSize 2 Padding Padding.Same" },
        { "AveragePool1D", [7, 3], "PoolSize 4 Strides 3 Padding Padding.Same" },
        { "AveragePool2D", [7, 6, 2], "PoolSize 3 Strides 2 StrideWidth 1 Padding Padding.Same" },
        { "AveragePool2D", [7, 6, 2], "PoolSize 2" },
        { "GlobalMaxPool1D", [5, 3], "" },
        { "GlobalMaxPool2D", [1, 1, 4], "" },
        { "GlobalAveragePool1D", [5, 1], "" },
        { "GlobalAveragePool2D", [3, 4, 5], "" },
        { "UpSampling1D", [3, 2], "Size 3" },
        { "UpSampling2D", [3, 2, 3], "SizeWidth 3" },
        { "UpSampling2D", [3, 1, 3], "SizeWidth 3 Interpolation Interpolation.Bilinear" },
        { "ZeroPadding1D", [3, 2], "Before 0 After 2" },
        { "ZeroPadding2D", [3, 2, 2], "Padding 1 Right 3" },
        { "Cropping1D", [6, 2], "Before 0 After 2" },
        { "Cropping2D", [5, 6, 2], "Top 0 Bottom 1 Left 2 Right 1" },
        { "BatchNormalization", [5], "" },
        { "BatchNormalization", [3, 2, 3], "Center 0" },
        { "BatchNormalization", [4, 1], "Scale 0 Momentum 0.5" },
        { "LayerNormalization", [7], "" },
        { "LayerNormalization", [3, 5], "Scale 0" },
        { "LayerNormalization", [2, 2, 3], "Center 0 Epsilon 0.1" },
        { "GroupNormalization", [3, 2, 6], "Groups 3" },
        { "GroupNormalization", [6], "Groups 2 Center 0" },
        { "GroupNormalization", [5, 4], "Groups 4" },
        { "GroupNormalization", [5, 4], "Groups 1 Scale 0" },
        { "RmsNormalization", [3, 7], "" },
        { "Permute", [2, 3, 4], "Order 2,0,1" },
        { "Permute", [2, 3], "Order 1,0" },
        { "RepeatVector", [5], "Times 4" },
        { "GaussianNoise", [3, 2, 5], "Deviation 0.3" },
        { "GaussianNoise", [4, 1], "Deviation 0.3" },
        { "GaussianNoise", [1], "Deviation 0.3" },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_AreThoseOfTheOutputs(string kind, int[] input, string options)
    {
        var network = new CompiledNetwork(SpecBuilder.Input(input).Layer(kind, Options(options)).Build());
        Check(network, network.ForwardBackward);
        if (network.Plan.UpdatesStatistics)
        {
            Check(network, network.Graphs.ForwardBackward(isTraining: false));
        }
    }

    // sum over all inputs and weights of gradient x direction = d/ds sum(output x outputGradient) along the direction
    private static void Check(CompiledNetwork network, NetworkGraph graph)
    {
        var data = new NetworkData(network.Plan, Samples, seed: 5);
        var random = new Random(7);
        var directions = new Dictionary<(InputRole Role, int Index), double[]>();
        double[] Direction(InputRole role, int index, int length)
        {
            if (!directions.TryGetValue((role, index), out double[]? direction))
            {
                directions.Add((role, index), direction = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)]);
            }

            return direction;
        }

        double[] Moved(InputOperation input, double step)
        {
            double[] values = data[input.Role, input.Index];
            return step != 0 && input.Role is InputRole.Feature or InputRole.Parameter
                ? [.. values.Zip(Direction(input.Role, input.Index, values.Length), (value, direction) => value + (step * direction))]
                : values;
        }

        double Judged(double step)
        {
            IReadOnlyDictionary<Node, double[]> values = new GraphInterpreter(Samples, input => Moved(input, step)).Run(graph);
            return GraphInterpreter.Result(graph, values, ResultRole.Output, 0)!.Zip(data[InputRole.OutputGradient, 0], (y, g) => y * g).Sum();
        }

        double difference = (Judged(Step) - Judged(-Step)) / (2 * Step), derivative = 0;
        IReadOnlyDictionary<Node, double[]> gradients = new GraphInterpreter(Samples, input => Moved(input, 0)).Run(graph);
        foreach (((InputRole role, int index), double[] direction) in directions)
        {
            double[]? gradient = GraphInterpreter.Result(graph, gradients, role == InputRole.Feature ? ResultRole.InputGradient : ResultRole.ParameterGradient, index);
            Assert.NotNull(gradient);
            derivative += gradient.Zip(direction, (g, d) => g * d).Sum();
        }

        Assert.Equal(1 + network.Plan.Weights.Count(weight => weight.Spec.IsTrainable), directions.Count);
        Expect.True(Math.Abs(difference - derivative) <= Tolerance * (1 + Math.Abs(difference)), $"The derivative is {derivative:R}, the difference {difference:R}.");
        Assert.NotEqual(0, derivative);
    }

    internal static (string Name, object Value)[] Options(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).Select(pair => (pair[0], pair[1] switch
        {
            var order when pair[0] == "Order" => order.Split(',').Select(int.Parse).ToArray(),
            var number when double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out double value) => (object)value,
            var member => member,
        })),
    ];
}
