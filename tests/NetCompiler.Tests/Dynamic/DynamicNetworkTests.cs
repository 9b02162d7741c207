using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Dynamic;

public sealed class DynamicNetworkTests
{
    [Fact]
    public void From_ReadsPackedWeightsInLogicalOrder()
    {
        FakeNetwork network = new(Describe.Network([7], [Describe.Dense("dense1", 0, 7, 33, Activation.Linear)]), 4);
        DynamicNetwork<double> interpreter = DynamicNetwork.From<double>(network);
        Assert.Equal(network.Weights[0].ToArray(), interpreter.Weights["dense1.kernel"].Select(value => (float)value));
        float[] input = Describe.Random(7, 1);
        double[] output = interpreter.Predict([input])[0];
        for (int unit = 0; unit < output.Length; unit++)
        {
            double expected = network.Weights[1][unit] + Enumerable.Range(0, 7).Sum(k => (double)input[k] * network.Weights[0][k, unit]);
            Assert.Equal(expected, output[unit], 12);
        }
    }

    [Fact]
    public void Dropout_ScalesWhatTheMaskKeepsInTrainingOnly()
    {
        NetworkDescription description = WithDropout(rate: 0.75);
        DynamicNetwork<float> network = new(description, new Dictionary<string, float[]>()) { DropoutMask = (layer, length) => layer == "dropout1" && length == 8 ? [1, 0, 0, 1, 0, 0, 0, 1] : [] };
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(input, network.Predict([input])[0]);
        DynamicGradients<float> training = network.Backward([input], [[1, 1, 1, 1, 1, 1, 1, 1]]);
        Assert.Equal([4, 0, 0, 16, 0, 0, 0, 32], training.Outputs[0]);
        Assert.Equal([4, 0, 0, 4, 0, 0, 0, 4], training.Inputs[0]);
        Assert.Equal(input, network.Backward([input], [new float[8]], training: false).Outputs[0]);
    }

    [Fact]
    public void Dropout_OwnMasksFollowSeedAndStep()
    {
        NetworkDescription description = WithDropout(rate: 0.5);
        float[] ones = new float[4000];
        Array.Fill(ones, 1);
        float[] first = Masked(seed: 1, step: 0);
        Assert.Equal(first, Masked(seed: 1, step: 0));
        Assert.NotEqual(first, Masked(seed: 1, step: 1));
        Assert.NotEqual(first, Masked(seed: 2, step: 0));
        Assert.InRange(first.Average(), 0.9, 1.1);

        float[] Masked(int seed, long step) => new DynamicNetwork<float>(description, new Dictionary<string, float[]>()) { Seed = seed, StepIndex = step }.Backward([ones], [ones]).Outputs[0];
    }

    [Fact]
    public void Normalization_IsKerass()
    {
        LayerDescription layer = new("normalization1", "Normalization", [0], [2])
        {
            Weights = [new WeightDescription("normalization1.mean", [2], Initializer.Zeros) { IsTrainable = false }, new WeightDescription("normalization1.variance", [2], Initializer.Ones) { IsTrainable = false }],
        };
        DynamicNetwork<float> network = new(Describe.Network([2], [layer]), new Dictionary<string, float[]> { ["normalization1.mean"] = [1, 2], ["normalization1.variance"] = [4, 0] });
        Assert.Equal([1, 1e7f, -0.5f, 0], network.Predict([(float[])[3, 3, 0, 2]])[0]);
    }

    [Theory]
    [InlineData(Loss.Huber, 3f, 0.5f, 0.7 * (2.5 - 0.35))]
    [InlineData(Loss.Huber, 1f, 0.5f, 0.125)]
    [InlineData(Loss.BinaryCrossentropy, 0f, 1f, 16.11809565095832)]
    [InlineData(Loss.Hinge, 0.25f, -1f, 1.25)]
    [InlineData(Loss.CosineSimilarity, 0.25f, -1f, 1.0)]
    public void Losses_AreKerass(Loss kind, float output, float target, double expected)
    {
        NetworkDescription description = Describe.Network([1], [], [Describe.Loss(kind) with { Delta = 0.7 }], [new TargetDescription("target", 1, 0)]);
        Assert.Equal(expected, new DynamicNetwork<double>(description, new Dictionary<string, float[]>()).ComputeLoss([(float[])[output]], [(float[])[target]]), 6);
    }

    [Fact]
    public void Perceptron_IsTheLearningRule()
    {
        NetworkDescription description = Describe.Network([2], [Describe.Dense("dense1", 0, 2, 1, Activation.Step)], [Describe.Loss(Loss.Perceptron)], [new TargetDescription("target", 1, 0)]);
        DynamicNetwork<float> network = new(description, new Dictionary<string, float[]> { ["dense1.kernel"] = [0.5f, -1], ["dense1.bias"] = [0.25f] });
        DynamicGradients<float> gradients = network.ComputeGradients([(float[])[1, 0.5f]], [(float[])[0]]);

        // z = 0.25, so that step(z) = 1 and the rule adds (1 - 0) x.
        Assert.Equal(0.25f, gradients.Loss);
        Assert.Equal([1, 0.5f], gradients.Weights["dense1.kernel"]);
        Assert.Equal([1], gradients.Weights["dense1.bias"]);
    }

    [Fact]
    public void SoftmaxCrossentropy_IsExactFarFromTheClip()
    {
        NetworkDescription description = Describe.Network([3], [Describe.Activate(0, [3], Activation.Softmax)], [Describe.Loss(Loss.SparseCategoricalCrossentropy)], [new TargetDescription("target", 1, 3)]);
        DynamicNetwork<float> network = new(description, new Dictionary<string, float[]>());
        DynamicGradients<float> gradients = network.ComputeGradients([(float[])[100, 0, -100]], [(int[])[2]]);
        Assert.Equal(200, gradients.Loss, 3);
        Assert.Equal(1, gradients.Inputs[0][0], 6);
        Assert.Equal(0, gradients.Inputs[0][1], 6);
        Assert.Equal(-1, gradients.Inputs[0][2], 6);
    }

    [Fact]
    public void BatchLoss_EntersOnceWithoutSampleWeights()
    {
        LossDescription loss = new("Own") { Operations = [Describe.Operation("BatchMean", [0], [2]), Describe.Operation("Sum", [1], [])], Weight = 0.5 };
        DynamicNetwork<float> network = new(Describe.Network([2], [], [loss]), new Dictionary<string, float[]>());
        Assert.Equal(0.5f * (2 + 3), network.ComputeLoss([(float[])[1, 2, 3, 4]], [], [10, 20]));
    }

    [Fact]
    public void SampleWeights_AreDividedByTheNumberOfSamples()
    {
        NetworkDescription description = Describe.Network([1], [], [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 1, 0)]);
        DynamicNetwork<float> network = new(description, new Dictionary<string, float[]>());
        Assert.Equal(((2 * 1) + (0.5f * 4)) / 2, network.ComputeLoss([(float[])[1, 2]], [(float[])[0, 0]], [2, 0.5f]));
    }

    [Fact]
    public void Step_LearnsExclusiveOr()
    {
        LayerDescription[] layers = [Describe.Dense("dense1", 0, 2, 10, Activation.Tanh), Describe.Dense("dense2", 1, 10, 1, Activation.Sigmoid)];
        NetworkDescription description = Describe.Network([2], layers, [Describe.Loss(Loss.BinaryCrossentropy)], [new TargetDescription("target", 1, 0)]);
        DynamicNetwork<float> network = new(description, Describe.RandomWeights(description, 7));
        DynamicAdam<float> adam = new(learningRate: 0.05);
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0];
        float start = network.Step([inputs], [targets], adam);
        for (int i = 1; i < 300; i++)
        {
            network.Step([inputs], [targets], adam);
        }

        Assert.Equal(300, network.StepIndex);
        Assert.True(network.ComputeLoss([inputs], [targets]) < 0.05f * start);
    }

    [Fact]
    public void EmptyBatch_PredictsNothing() =>
        Assert.Empty(new DynamicNetwork<float>(Describe.Network([7], [Describe.Activate(0, [7], Activation.Softmax)]), new Dictionary<string, float[]>()).Predict([Array.Empty<float>()])[0]);

    [Fact]
    public void NotANumber_StaysNotANumber()
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            DynamicNetwork<float> network = new(Describe.Network([17], [Describe.Activate(0, [17], activation)]), new Dictionary<string, float[]>());
            float[] input = new float[17];
            input[3] = float.NaN;
            input[16] = float.NaN;
            float[] output = network.Predict([input])[0];
            Expect.True(float.IsNaN(output[3]) && float.IsNaN(output[16]), $"{activation} gives {output[3]} and {output[16]}.");
        }
    }

    [Fact]
    public void Mistakes_AreNamed()
    {
        NetworkDescription description = Describe.Network([7], [Describe.Dense("dense1", 0, 7, 3, Activation.Linear)]);
        Assert.Contains("needs the weight \"dense1.kernel\"; given are other", Assert.Throws<ArgumentException>(() => new DynamicNetwork<float>(description, new Dictionary<string, float[]> { ["other"] = [] })).Message);
        Assert.Contains("of shape (7, 3) needs 21 values, but has 2", Assert.Throws<ArgumentException>(() => new DynamicNetwork<float>(description, new Dictionary<string, float[]> { ["dense1.kernel"] = [1, 2] })).Message);
        DynamicNetwork<float> network = new(description, Describe.RandomWeights(description, 1));
        Assert.Contains("Described has no loss", Assert.Throws<InvalidOperationException>(() => network.ComputeLoss([new float[7]], [])).Message);
        Assert.Contains("at least one sample", Assert.Throws<ArgumentException>(() => network.ComputeLoss([Array.Empty<float>()], [])).Message);
        DynamicNetwork<float> unknown = new(Describe.Network([7], [Describe.Operation("Teleport", [0], [7])]), new Dictionary<string, float[]>());
        Assert.Contains("no layer of kind Teleport", Assert.Throws<NotSupportedException>(() => unknown.Predict([new float[7]])).Message);
        LossDescription perceptron = Describe.Loss(Loss.Perceptron);
        DynamicNetwork<float> linear = new(Describe.Network([1], [], [perceptron], [new TargetDescription("target", 1, 0)]), new Dictionary<string, float[]>());
        Assert.Contains("right from a step activation", Assert.Throws<InvalidOperationException>(() => linear.ComputeLoss([new float[1]], [new float[1]])).Message);
    }

    private static NetworkDescription WithDropout(double rate) =>
        Describe.Network([4], [new LayerDescription("dropout1", "Dropout", [0], [4]) { Options = new Dictionary<string, object> { ["Rate"] = rate } }]);
}
