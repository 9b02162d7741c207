using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>What layers mean beyond the golden cases: by a second way to say the same, or by a reference written out.</summary>
public sealed class LayerMeaningTests
{
    private const int Samples = 2;

    [Fact]
    public void DepthwiseConvolution_IsAConvolutionWithAGroupPerChannel()
    {
        float[] kernel = Describe.Random(3 * 3 * 6, 1), input = Describe.Random(Samples * 5 * 4 * 3, 2);
        (string, object)[] options = [("Padding", Padding.Same), ("StrideWidth", 2)];
        double[] depthwise = Predict([5, 4, 3], [Layer("DepthwiseConv2D", [0], [5, 2, 6], options, ("depthwise_kernel", [3, 3, 1, 6]))], input, ("depthwise_kernel", kernel));
        Assert.Equal(depthwise, Predict([5, 4, 3], [Layer("Conv2D", [0], [5, 2, 6], [.. options, ("Groups", 3)], ("kernel", [3, 3, 1, 6]))], input, ("kernel", kernel)), Close);
    }

    [Fact]
    public void SeparableConvolution_IsADepthwiseAndAPointwiseOne()
    {
        float[] depthwise = Describe.Random(3 * 3 * 6, 1), pointwise = Describe.Random(6 * 4, 2), bias = Describe.Random(4, 3), input = Describe.Random(Samples * 5 * 4 * 3, 4);
        double[] separable = Predict(
            [5, 4, 3],
            [Layer("SeparableConv2D", [0], [3, 2, 4], [("DepthMultiplier", 2), ("Activation", Activation.Relu)], ("depthwise_kernel", [3, 3, 1, 6]), ("pointwise_kernel", [1, 1, 6, 4]), ("bias", [4]))],
            input,
            ("depthwise_kernel", depthwise),
            ("pointwise_kernel", pointwise),
            ("bias", bias));
        double[] apart = Predict(
            [5, 4, 3],
            [Layer("DepthwiseConv2D", [0], [3, 2, 6], [], ("depthwise_kernel", [3, 3, 1, 6])), Layer("Conv2D", [1], [3, 2, 4], [("Activation", Activation.Relu)], ("kernel", [1, 1, 6, 4]), ("bias", [4]))],
            input,
            ("depthwise_kernel", depthwise),
            ("kernel", pointwise),
            ("bias", bias));
        Assert.Equal(separable, apart, Close);
    }

    [Theory]
    [InlineData(3, 2, Padding.Valid)]
    [InlineData(3, 2, Padding.Same)]
    [InlineData(4, 1, Padding.Same)]
    [InlineData(2, 3, Padding.Same)]
    [InlineData(2, 3, Padding.Valid)]
    public void TransposedConvolution_IsTheGradientOfAConvolution(int size, int stride, Padding padding)
    {
        // <x, conv(y)> = <transposed(x), y> for every y: the gradient of the convolution for the output gradient x is the transposed convolution of x.
        const int positions = 4, channels = 2, filters = 3;
        int length = padding == Padding.Same ? positions * stride : ((positions - 1) * stride) + size;
        float[] kernel = Describe.Random(size * size * channels * filters, 1), x = Describe.Random(Samples * positions * positions * filters, 2);
        (string, object)[] options = [("Strides", stride), ("Padding", padding)];
        NetworkDescription convolution = Describe.Network([length, length, channels], [Layer("Conv2D", [0], [positions, positions, filters], options, ("kernel", [size, size, channels, filters]))]);
        double[] expected = new DynamicNetwork<double>(convolution, new Dictionary<string, float[]> { ["layer0.kernel"] = kernel })
            .Backward([new float[Samples * length * length * channels]], [Array.ConvertAll(x, value => (double)value)]).Inputs[0];
        double[] actual = Predict([positions, positions, filters], [Layer("Conv2DTranspose", [0], [length, length, channels], options, ("kernel", [size, size, channels, filters]))], x, ("kernel", kernel));
        Assert.Equal(expected, actual, Close);
    }

    [Fact]
    public void TransposedConvolution_InKerassLongerShapeEndsWithTheBias()
    {
        double[] output = Predict([1, 1, 1], [Layer("Conv2DTranspose", [0], [3, 3, 1], [("Strides", 3)], ("kernel", [1, 2, 1, 1]), ("bias", [1]))], [2], ("kernel", [5, 7]), ("bias", [0.5f]));
        Assert.Equal([10.5, 14.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], output);
    }

    [Fact]
    public void SamePooling_DoesNotCountPadding()
    {
        Assert.Equal([-1.5, -3], Predict([3, 1], [Layer("AveragePool1D", [0], [2, 1], [("Padding", Padding.Same)])], [-1, -2, -3]));
        Assert.Equal([-1, -3], Predict([3, 1], [Layer("MaxPool1D", [0], [2, 1], [("Padding", Padding.Same)])], [-1, -2, -3]));
    }

    [Fact]
    public void Movements_PutValuesWhereTheySay()
    {
        Assert.Equal([1, 1, 1, 2, 2, 2], Predict([2, 1], [Layer("UpSampling1D", [0], [6, 1], [("Size", 3)])], [1, 2]));
        Assert.Equal([0, 1, 2, 0, 0], Predict([2, 1], [Layer("ZeroPadding1D", [0], [5, 1], [("After", 2)])], [1, 2]));
        Assert.Equal([2, 3], Predict([5, 1], [Layer("Cropping1D", [0], [2, 1], [("After", 2)])], [1, 2, 3, 4, 5]));
        Assert.Equal([1, 2, 1, 2], Predict([2], [Layer("RepeatVector", [0], [2, 2], [("Times", 2)])], [1, 2]));
        Assert.Equal([1, 4, 2, 5, 3, 6], Predict([2, 3], [Layer("Permute", [0], [3, 2], [("Order", (int[])[1, 0])])], [1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void BatchNormalization_MovesItsStatisticsInStepsOnlyAndPredictsWithThem()
    {
        LayerDescription layer = Layer("BatchNormalization", [0], [1], [("Momentum", 0.75), ("Epsilon", 0.0)], ("moving_mean", [1]), ("moving_variance", [1]));
        layer = layer with { Weights = [.. layer.Weights.Select(weight => weight with { IsTrainable = false })] };
        NetworkDescription description = Describe.Network([1], [layer], [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 1, 0)]);
        DynamicNetwork<double> network = new(description, new Dictionary<string, float[]> { ["layer0.moving_mean"] = [4], ["layer0.moving_variance"] = [1] });
        Assert.Equal([-3, -1], network.Predict([(float[])[1, 3]])[0]);
        network.ComputeLoss([(float[])[1, 3]], [(float[])[0, 0]]);
        network.Backward([(float[])[1, 3]], [[1, 1]], training: false);
        Assert.Equal(4, network.Weights["layer0.moving_mean"][0]);
        Assert.Equal(0, network.StepIndex);

        // Mean 2 and biased variance 1.
        Assert.Equal([-1, 1], network.ComputeGradients([(float[])[1, 3]], [(float[])[0, 0]]).Outputs[0]);
        Assert.Equal(3.5, network.Weights["layer0.moving_mean"][0]);
        Assert.Equal(1, network.Weights["layer0.moving_variance"][0]);
        network.Backward([(float[])[2, 6]], [[1, 1]]);
        Assert.Equal((0.75 * 3.5) + (0.25 * 4), network.Weights["layer0.moving_mean"][0]);
        Assert.Equal(2, network.StepIndex);
    }

    [Fact]
    public void SharedWeights_CollectTheGradientsOfAllUses()
    {
        LayerDescription first = Layer("Dense", [0], [2], [], ("kernel", [2, 2])), second = Layer("Dense", [1], [2], []) with { Weights = first.Weights };
        DynamicNetwork<double> network = new(Describe.Network([2], [first, second]), new Dictionary<string, float[]> { ["layer0.kernel"] = [1, 2, 3, 4] });

        // y = x W W: dW = x^T dy W^T + (x W)^T dy
        DynamicGradients<double> gradients = network.Backward([(float[])[1, 10]], [[1, 0]]);
        Assert.Equal([31 * 1.0 + (42 * 3), (31 * 2) + (42 * 4)], gradients.Outputs[0]);
        Assert.Equal([1 + 31, 3, 10 + 42, 30], gradients.Weights["layer0.kernel"]);
    }

    [Fact]
    public void SeveralOutputs_AddTheirWeightedLosses()
    {
        LayerDescription square = Describe.Operation("Square", [0], [1]);
        NetworkDescription one = Describe.Network([1], [square]);
        NetworkDescription description = new()
        {
            Name = "Two",
            Inputs = one.Inputs,
            Layers = one.Layers,
            Outputs = [new OutputDescription("same", 0, [1]), new OutputDescription("square", 1, [1])],
            Targets = [new TargetDescription("sameTarget", 1, 0), new TargetDescription("squareTarget", 1, 0)],
            Losses = [Describe.Loss(Loss.MeanSquaredError) with { Weight = 0.5 }, Describe.Loss(Loss.MeanAbsoluteError) with { Outputs = [1], Targets = [1], Weight = 3 }],
            ParameterCount = 0,
            StatisticsCount = 0,
            ArchitectureHash = one.ArchitectureHash,
        };
        DynamicGradients<double> gradients = new DynamicNetwork<double>(description, new Dictionary<string, float[]>()).ComputeGradients([(float[])[3]], [(float[])[1], (float[])[5]]);
        Assert.Equal([0.5 * 4, 3 * 4], gradients.Losses);
        Assert.Equal([3], gradients.Outputs[0]);
        Assert.Equal([9], gradients.Outputs[1]);
        Assert.Equal([(0.5 * 2 * 2) + (3 * 6)], gradients.Inputs[0]);
    }

    [Fact]
    public void AnOutputThatDependsOnNoInput_IsGivenForEverySample()
    {
        LayerDescription parameter = new("parameter1", "Parameter", [], [2]) { Weights = [new WeightDescription("own", [2], Initializer.Ones)] };
        DynamicNetwork<double> network = new(Describe.Network([1], [parameter, Describe.Operation("Square", [1], [2])]), new Dictionary<string, float[]> { ["own"] = [2, 3] });
        Assert.Equal([4, 9, 4, 9], network.Predict([new float[2]])[0]);
        Assert.Equal([2 * 2 * 6.0, 2 * 3 * 8], network.Backward([new float[2]], [[1, 3, 5, 5]]).Weights["own"]);
    }

    [Fact]
    public void Noise_IsAddedInTrainingOnly()
    {
        NetworkDescription description = Describe.Network([2], [Describe.Operation("GaussianNoise", [0], [2], ("Deviation", 0.5))]);
        DynamicNetwork<double> network = new(description, new Dictionary<string, float[]>()) { Noise = (layer, length) => layer == "GaussianNoise1" && length == 4 ? [1, 2, -1, 0] : [] };
        float[] input = [1, 1, 1, 1];
        Assert.Equal([1, 1, 1, 1], network.Predict([input])[0]);
        Assert.Equal([1.5, 2, 0.5, 1], network.Backward([input], [[1, 1, 1, 1]]).Outputs[0]);
        network.Noise = null;
        double[] own = network.Backward([new float[20000]], [new double[20000]]).Outputs[0];
        Assert.InRange(own.Average(), -0.02, 0.02);
        Assert.InRange(own.Average(value => value * value), 0.23, 0.27);
    }

    [Fact]
    public void RecurrentDropout_AsksForOneMaskPerSample()
    {
        LayerDescription lstm = Layer(
            "Lstm",
            [0],
            [10],
            [("Dropout", 0.5), ("RecurrentDropout", 0.25), ("Bidirectional", true)],
            [.. ((string[])["forward.", "backward."]).SelectMany(half => ((string, int[])[])[(half + "kernel", [3, 20]), (half + "recurrent_kernel", [5, 20])])]);
        NetworkDescription description = Describe.Network([4, 3], [lstm]);
        List<(string, int)> asked = [];
        DynamicNetwork<double> network = new(description, Describe.RandomWeights(description, 1))
        {
            DropoutMask = (layer, length) =>
            {
                asked.Add((layer, length));
                return new float[length];
            },
        };

        // Nothing passes through a mask of zeros: gates are sigmoid(0), candidates tanh(0) = 0.
        Assert.All(network.Backward([Describe.Random(Samples * 12, 1)], [new double[Samples * 10]]).Outputs[0], value => Assert.Equal(0, value));
        Assert.Equal([("layer0.forward.dropout", 6), ("layer0.forward.recurrent_dropout", 10), ("layer0.backward.dropout", 6), ("layer0.backward.recurrent_dropout", 10)], asked);
    }

    [Fact]
    public void AShapeOtherThanTheDescriptions_IsRefused()
    {
        DynamicNetwork<float> network = new(Describe.Network([5, 1], [Layer("MaxPool1D", [0], [3, 1], [])]), new Dictionary<string, float[]>());
        Assert.Contains("gives the shape (2, 1), but its description says (3, 1)", Assert.Throws<InvalidOperationException>(() => network.Predict([new float[5]])).Message);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-12 * Math.Max(1, Math.Abs(expected));

    private static LayerDescription Layer(string kind, int[] operands, int[] shape, (string Name, object Value)[] options, params (string Name, int[] Shape)[] weights)
    {
        string name = $"layer{operands[0]}";
        return Describe.Operation(kind, operands, shape, options) with { Name = name, Weights = [.. weights.Select(weight => new WeightDescription($"{name}.{weight.Name}", weight.Shape, Initializer.GlorotUniform))] };
    }

    private static double[] Predict(int[] shape, LayerDescription[] layers, float[] input, params (string Name, float[] Values)[] weights)
    {
        NetworkDescription description = Describe.Network(shape, layers);
        Dictionary<string, float[]> named = [];
        foreach (WeightDescription weight in description.Layers.SelectMany(layer => layer.Weights))
        {
            named.Add(weight.Name, weights.Single(given => weight.Name.EndsWith("." + given.Name, StringComparison.Ordinal)).Values);
        }

        return new DynamicNetwork<double>(description, named).Predict([input])[0];
    }
}
