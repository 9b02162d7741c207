using Xunit;

namespace NetCompiler.Tests.Dynamic;

public sealed class GradientCheckTests
{
    private const int Samples = 5;

    private static readonly float[] Inputs = Describe.Random(Samples * 7, 3);
    private static readonly int[] Targets = [0, 1, 2, 2, 1];

    [Fact]
    public void RightGradients_Pass()
    {
        GradientCheckReport report = GradientCheck.Run(Training(), [Inputs], [Targets]);
        Assert.Equal((7 * 33) + 33 + (33 * 3) + 3 + (Samples * 7), report.ComparedValues);
        Assert.InRange(report.LargestShare, 0, 1);
        Assert.True(report.Loss > 0);
    }

    [Fact]
    public void SampleWeightsOfTheTraining_AreFollowed()
    {
        FakeTraining training = Training();
        training.SampleWeightArray[1] = 3;
        training.SampleWeightArray[4] = 0;
        GradientCheck.Run(training, [Inputs], [Targets], new GradientCheckOptions { Directions = 3 });
    }

    [Theory]
    [InlineData("dense1.kernel", 0)]
    [InlineData("dense1.kernel", 200)]
    [InlineData("dense1.bias", 32)]
    [InlineData("dense2.kernel", 98)]
    public void AWrongWeightGradient_IsNamedWithItsPlace(string weight, int index)
    {
        FakeTraining training = Training();
        training.Fault = (name, values) =>
        {
            if (name == weight)
            {
                values[index] += 0.01f;
            }
        };
        GradientCheckException exception = Assert.Throws<GradientCheckException>(() => GradientCheck.Run(training, [Inputs], [Targets]));
        Assert.Equal(weight, exception.Subject);
        Assert.Equal(index, exception.Index);
        Assert.Equal(0.01, exception.Actual - exception.Expected, 4);
        Assert.StartsWith($"{weight} at {index}: generated ", exception.Message);
    }

    [Fact]
    public void AWrongInputGradient_IsNamed()
    {
        FakeTraining training = Training();
        training.Fault = (name, values) =>
        {
            if (name.Length == 0)
            {
                values[9] = float.NaN;
            }
        };
        GradientCheckException exception = Assert.Throws<GradientCheckException>(() => GradientCheck.Run(training, [Inputs], [Targets]));
        Assert.Equal("input \"input\"", exception.Subject);
        Assert.Equal(9, exception.Index);
    }

    [Fact]
    public void Everything_IsPutBack()
    {
        FakeTraining training = Training();
        training.Gradients.Fill(7);
        float[] parameters = training.Parameters.ToArray();
        GradientCheck.Run(training, [Inputs], [Targets]);
        Assert.Equal(41, training.StepIndex);
        Assert.Equal(parameters, training.Parameters.ToArray());
        Assert.All(training.Gradients.ToArray(), value => Assert.Equal(7, value));
    }

    [Fact]
    public void FrozenWeights_AreNotCompared()
    {
        FakeTraining training = Training();
        training.FreezeAt(0);
        training.Fault = (name, values) =>
        {
            if (name == "dense1.kernel")
            {
                Array.Clear(values);
            }
        };
        GradientCheck.Run(training, [Inputs], [Targets]);
    }

    [Fact]
    public void Settings_AreFollowed()
    {
        LossDescription loss = new("Own")
        {
            Targets = [0],
            Settings = [new SettingDescription("lambda", 5)],
            Operations = [Describe.Operation("Subtract", [0, 1], [3]), Describe.Operation("Square", [3], [3]), Describe.Operation("Sum", [4], []), Describe.Operation("Multiply", [5, 2], [])],
        };
        NetworkDescription description = Describe.Network([7], [Describe.Dense("dense1", 0, 7, 3, Activation.Tanh)], [loss], [new TargetDescription("target", 3, 0)]);
        FakeTraining training = new(new FakeNetwork(description, 1), 8) { Setting = 0.25f };
        GradientCheck.Run(training, [Inputs], [Describe.Random(Samples * 3, 9)]);
    }

    [Fact]
    public void Dropout_IsRefused()
    {
        LayerDescription dropout = new("dropout1", "Dropout", [1], [3]) { Options = new Dictionary<string, object> { ["Rate"] = 0.2 } };
        NetworkDescription description = Describe.Network([7], [Describe.Dense("dense1", 0, 7, 3, Activation.Softmax), dropout], [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 3, 0)]);
        FakeTraining training = new(new FakeNetwork(description, 1), 8);
        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => GradientCheck.Run(training, [Inputs], [Describe.Random(Samples * 3, 9)]));
        Assert.Contains("\"dropout1\" drops values at random", exception.Message);
    }

    [Theory]
    [InlineData("GaussianNoise", "Deviation", "adds noise at random (Deviation = 0.2)")]
    [InlineData("Lstm", "RecurrentDropout", "drops values at random (RecurrentDropout = 0.2)")]
    [InlineData("MultiHeadAttention", "Dropout", "drops values at random (Dropout = 0.2)")]
    public void OtherRandomLayers_AreRefused(string kind, string option, string expected)
    {
        LayerDescription random = Describe.Operation(kind, [0], [7], (option, 0.2));
        FakeTraining training = new(new FakeNetwork(Describe.Network([7], [random]), 1), 8);
        Assert.Contains(expected, Assert.Throws<NotSupportedException>(() => GradientCheck.Run(training, [Inputs], [])).Message);
    }

    [Fact]
    public void ImagesAndNormalizations_Pass()
    {
        GradientCheckReport report = GradientCheck.Run(ImageTraining(), [Describe.Random(Samples * 30, 3)], [Targets]);
        Assert.Equal((9 * 4) + 4 + 4 + (4 * 3) + 3 + (Samples * 30), report.ComparedValues);
        Assert.Equal(0, report.SkippedDirections);
    }

    [Fact]
    public void Kinks_AreSkippedAndCounted()
    {
        // An image of zeros under a bias of zeros: every ReLU is at its kink.
        FakeTraining training = ImageTraining();
        training.Network.Weights.Single(view => view.Name == "conv.bias").CopyFrom(new float[4]);
        GradientCheckReport report = GradientCheck.Run(training, [new float[Samples * 30]], [Targets]);
        Assert.InRange(report.SkippedDirections, 1, 3);
    }

    [Fact]
    public void BadColumns_AreRefusedAndChangeNothing()
    {
        FakeTraining training = Training(batchSize: 4);
        Assert.Contains("5 samples were given, but the training was made for at most 4", Assert.Throws<ArgumentException>(() => GradientCheck.Run(training, [Inputs], [Targets])).Message);
        Assert.Contains("has 1 inputs, but 0 columns", Assert.Throws<ArgumentException>(() => GradientCheck.Run(training, [], [Targets])).Message);
        Assert.Contains("a multiple of 7", Assert.Throws<ArgumentException>(() => GradientCheck.Run(training, [Inputs[..8]], [Targets])).Message);
        training = Training();
        Assert.Contains("5 samples of 1 = 5", Assert.Throws<ArgumentException>(() => GradientCheck.Run(training, [Inputs], [Targets[..4]])).Message);
        Assert.Contains("has 3 at 0, but allows 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run(training, [Inputs], [(int[])[3, 0, 0, 0, 0]])).Message);
        Assert.Contains("holds integers, but its column holds floats", Assert.Throws<ArgumentException>(() => GradientCheck.Run(training, [Inputs], [Inputs[..5]])).Message);
        Assert.Equal(41, training.StepIndex);
        Assert.All(training.FloatInput(0).ToArray(), value => Assert.Equal(0, value));
    }

    // (5, 6, 1): a convolution, a pool, a normalization, the mean per channel, a softmax.
    private static FakeTraining ImageTraining()
    {
        LayerDescription[] layers =
        [
            new LayerDescription("conv", "Conv2D", [0], [3, 4, 4])
            {
                Options = new Dictionary<string, object> { ["Activation"] = Activation.Relu },
                Weights = [new WeightDescription("conv.kernel", [3, 3, 1, 4], Initializer.GlorotUniform), new WeightDescription("conv.bias", [4], Initializer.Zeros)],
            },
            Describe.Operation("MaxPool2D", [1], [1, 2, 4]),
            new LayerDescription("norm", "LayerNormalization", [2], [1, 2, 4]) { Weights = [new WeightDescription("norm.gamma", [4], Initializer.Ones)] },
            Describe.Operation("GlobalAveragePool2D", [3], [4]),
            Describe.Dense("dense1", 4, 4, 3, Activation.Softmax),
        ];
        NetworkDescription description = Describe.Network([5, 6, 1], layers, [Describe.Loss(Loss.SparseCategoricalCrossentropy)], [new TargetDescription("target", 1, 3)]);
        return new FakeTraining(new FakeNetwork(description, 1), 8);
    }

    private static FakeTraining Training(int batchSize = 8)
    {
        LayerDescription[] layers = [Describe.Dense("dense1", 0, 7, 33, Activation.Gelu, kernelL2: 0.01), Describe.Dense("dense2", 1, 33, 3, Activation.Softmax)];
        NetworkDescription description = Describe.Network([7], layers, [Describe.Loss(Loss.SparseCategoricalCrossentropy)], [new TargetDescription("target", 1, 3)]);
        return new FakeTraining(new FakeNetwork(description, 1), batchSize);
    }
}
