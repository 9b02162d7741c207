using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>The tape in double against central differences, entry by entry, at sizes that leave vector tails of every kind.</summary>
public sealed class FiniteDifferenceTests
{
    // Rounding of a loss near 1 over the step: 1e-16 / 1e-5 = 1e-11; truncation: the step squared, 1e-10.
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;
    private const int Samples = 3;

    private static readonly int[] Sizes = [1, 7, 8, 9, 15, 16, 17, 31, 33];

    public static TheoryData<Activation, int> Activations => Every(Enum.GetValues<Activation>());

    public static TheoryData<Loss, int> Losses => Every(Enum.GetValues<Loss>());

    [Theory]
    [MemberData(nameof(Activations))]
    public void EveryActivation_AgreesWithDifferences(Activation activation, int size)
    {
        LayerDescription[] layers = [Describe.Dense("dense1", 0, 2, size, activation), Describe.Dense("dense2", 1, size, 3, Activation.Linear)];
        AssertGradients(Describe.Network([2], layers, [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 3, 0)]), Describe.Random(Samples * 3, 5));
    }

    [Theory]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    public void ActivationAlpha_AgreesWithDifferences(Activation activation)
    {
        LayerDescription[] layers = [Describe.Dense("dense1", 0, 2, 9, Activation.Linear), Describe.Activate(1, [9], activation, alpha: 0.37)];
        AssertGradients(Describe.Network([2], layers, [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 9, 0)]), Describe.Random(Samples * 9, 5));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void EveryLoss_AgreesWithDifferences(Loss kind, int size)
    {
        foreach (double smoothing in (double[])[0, 0.1])
        {
            (NetworkDescription network, Column target) = Judged(kind, size, smoothing, fromLogits: false, isSplit: false);
            AssertGradients(network, target);
        }
    }

    [Theory]
    [InlineData(Loss.BinaryCrossentropy)]
    [InlineData(Loss.CategoricalCrossentropy)]
    [InlineData(Loss.SparseCategoricalCrossentropy)]
    public void Crossentropy_IsTheSameFromLogitsFromProbabilitiesAndFused(Loss kind)
    {
        const int size = 7;
        double[] losses = new double[3];
        for (int form = 0; form < losses.Length; form++)
        {
            (NetworkDescription network, Column target) = Judged(kind, size, 0.1, fromLogits: form == 1, isSplit: form == 2);
            AssertGradients(network, target);
            losses[form] = Interpreter(network).ComputeLoss([Inputs()], [target]);
        }

        Assert.Equal(losses[0], losses[1], 12);
        Assert.Equal(losses[0], losses[2], 12);
    }

    [Fact]
    public void Regularizers_AgreeWithDifferences()
    {
        LayerDescription dense = Describe.Dense("dense1", 0, 2, 9, Activation.Tanh, kernelL1: 0.3, kernelL2: 0.2, biasL2: 0.1);
        AssertGradients(Describe.Network([2], [dense], [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 9, 0)]), Describe.Random(Samples * 9, 5));
    }

    [Fact]
    public void Sequences_AgreeWithDifferences()
    {
        // (2) -> 6 -> (3, 2) -> (3, 4) distributions, one class per step.
        LayerDescription[] layers =
        [
            Describe.Dense("dense1", 0, 2, 6, Activation.Tanh),
            new LayerDescription("reshape1", "Reshape", [1], [3, 2]),
            Describe.Dense("dense2", 2, 2, 4, Activation.Softmax, outer: [3]),
        ];
        AssertGradients(Describe.Network([2], layers, [Describe.Loss(Loss.SparseCategoricalCrossentropy)], [new TargetDescription("target", 3, 4)]), (int[])[0, 1, 2, 3, 0, 1, 2, 3, 0]);
    }

    [Fact]
    public void UserFunctions_AgreeWithDifferences()
    {
        LayerDescription dense = Describe.Dense("dense1", 0, 2, 9, Activation.Linear) with { Function = x => x / (1 + Math.Exp(-x)) };
        LossDescription loss = new("Own") { Function = (o, t) => (o - t) * (o - t) * (o > t ? 2 : 1), Targets = [0] };
        AssertGradients(Describe.Network([2], [dense], [loss], [new TargetDescription("target", 9, 0)]), Describe.Random(Samples * 9, 5));
    }

    [Theory]
    [InlineData("Square")]
    [InlineData("Sqrt")]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Abs")]
    [InlineData("Negate")]
    [InlineData("Reciprocal")]
    [InlineData("Sigmoid")]
    [InlineData("Tanh")]
    [InlineData("Relu")]
    [InlineData("Softplus")]
    [InlineData("Sum")]
    [InlineData("Mean")]
    [InlineData("Max")]
    [InlineData("Add")]
    [InlineData("Subtract")]
    [InlineData("Multiply")]
    [InlineData("Divide")]
    [InlineData("Maximum")]
    [InlineData("Minimum")]
    [InlineData("Pow")]
    [InlineData("Clip")]
    [InlineData("Map")]
    [InlineData("BatchSum")]
    [InlineData("BatchMean")]
    public void EveryOperationOfALoss_AgreesWithDifferences(string kind)
    {
        // Values: 0 the output, positive; 1 the target; 2 their batch mean; then the operation, of the output and that mean where it takes two.
        bool isBinary = kind is "Add" or "Subtract" or "Multiply" or "Divide" or "Maximum" or "Minimum" or "Pow";
        LayerDescription operation = Describe.Operation(kind, isBinary ? [0, 2] : [0], [4], ("Minimum", 0.6), ("Maximum", 0.9)) with { Function = Math.Sin };
        LossDescription loss = new("Own")
        {
            Targets = [0],
            Operations = [Describe.Operation("BatchMean", [0], [4]), operation, Describe.Operation("Multiply", [3, 1], [4]), Describe.Operation("Square", [4], [4]), Describe.Operation("Mean", [5], [])],
        };
        AssertGradients(Describe.Network([2], [Describe.Dense("dense1", 0, 2, 4, Activation.Softplus)], [loss], [new TargetDescription("target", 4, 0)]), Describe.Random(Samples * 4, 5));
    }

    [Theory]
    [InlineData("Sum")]
    [InlineData("Mean")]
    [InlineData("Max")]
    public void ReductionsOverAnAxis_AgreeWithDifferences(string kind)
    {
        LayerDescription[] layers = [Describe.Dense("dense1", 0, 2, 12, Activation.Tanh), new LayerDescription("reshape1", "Reshape", [1], [2, 3, 2])];
        foreach (int axis in (int[])[0, 1, 2, -1])
        {
            LossDescription loss = new("Own") { Operations = [Describe.Operation(kind, [0], [], ("Axis", axis)), Describe.Operation("Square", [1], []), Describe.Operation("Sum", [2], [])] };
            AssertGradients(Describe.Network([2], layers, [loss]));
        }
    }

    [Fact]
    public void Normalization_PassesGradientsThrough()
    {
        LayerDescription normalization = new("normalization1", "Normalization", [1], [9])
        {
            Weights = [new WeightDescription("normalization1.mean", [9], Initializer.Zeros) { IsTrainable = false }, new WeightDescription("normalization1.variance", [9], Initializer.Ones) { IsTrainable = false }],
        };
        AssertGradients(Describe.Network([2], [Describe.Dense("dense1", 0, 2, 9, Activation.Tanh), normalization], [Describe.Loss(Loss.MeanSquaredError)], [new TargetDescription("target", 9, 0)]), Describe.Random(Samples * 9, 5));
    }

    private static TheoryData<T, int> Every<T>(T[] kinds)
    {
        TheoryData<T, int> data = [];
        foreach (T kind in kinds)
        {
            foreach (int size in Sizes)
            {
                data.Add(kind, size);
            }
        }

        return data;
    }

    // A dense layer with the activation that the loss asks for; isSplit puts a reshape behind it, so that nothing is fused.
    private static (NetworkDescription Network, Column Target) Judged(Loss kind, int size, double smoothing, bool fromLogits, bool isSplit)
    {
        Activation activation = kind switch
        {
            Loss.BinaryCrossentropy => Activation.Sigmoid,
            Loss.CategoricalCrossentropy or Loss.SparseCategoricalCrossentropy or Loss.KullbackLeibler => Activation.Softmax,
            Loss.NegativeLogLikelihood => Activation.LogSoftmax,
            Loss.Perceptron => Activation.Step,
            _ => Activation.Linear,
        };
        List<LayerDescription> layers = [Describe.Dense("dense1", 0, 2, size, fromLogits ? Activation.Linear : activation)];
        if (isSplit)
        {
            layers.Add(new LayerDescription("flatten1", "Flatten", [1], [size]));
        }

        bool isSparse = kind is Loss.SparseCategoricalCrossentropy or Loss.NegativeLogLikelihood;
        LossDescription loss = Describe.Loss(kind) with { FromLogits = fromLogits, LabelSmoothing = smoothing, Delta = 0.7, Weight = 0.6 };
        float[] dense = Describe.Random(Samples * size, 5);
        for (int i = 0; i < dense.Length; i++)
        {
            dense[i] = kind switch
            {
                Loss.Hinge => MathF.Sign(dense[i]),
                Loss.BinaryCrossentropy or Loss.CategoricalCrossentropy or Loss.SparseCategoricalCrossentropy => i % size == i / size % size ? 1 : 0,
                Loss.KullbackLeibler => 1f / size,
                _ => dense[i],
            };
        }

        int[] classes = [.. Enumerable.Range(0, Samples).Select(sample => sample % size)];
        TargetDescription target = isSparse ? new("target", 1, size) : new("target", size, 0);
        return (Describe.Network([2], [.. layers], [loss], [target]), isSparse ? classes : dense);
    }

    private static float[] Inputs() => Describe.Random(Samples * 2, 3);

    private static DynamicNetwork<double> Interpreter(NetworkDescription network) => new(network, Describe.RandomWeights(network, 11));

    private static void AssertGradients(NetworkDescription description, params Column[] targets)
    {
        DynamicNetwork<double> network = Interpreter(description);
        float[] sampleWeights = [0.5f, 2, 1.25f];
        DynamicGradients<double> gradients = network.ComputeGradients([Inputs()], targets, sampleWeights);
        Assert.Equal(network.ComputeLoss([Inputs()], targets, sampleWeights), gradients.Loss, 12);
        Assert.Equal(gradients.Loss, gradients.Losses.Sum(), 12);
        foreach ((string name, double[] gradient) in gradients.Weights)
        {
            double[] values = network.Weights[name];
            for (int i = 0; i < values.Length; i++)
            {
                double original = values[i];
                values[i] = original + Step;
                double above = network.ComputeLoss([Inputs()], targets, sampleWeights);
                values[i] = original - Step;
                double below = network.ComputeLoss([Inputs()], targets, sampleWeights);
                values[i] = original;
                double difference = (above - below) / (2 * Step);
                Expect.True(Math.Abs(gradient[i] - difference) <= Tolerance * Math.Max(1, Math.Abs(difference)), $"{name}[{i}]: tape {gradient[i]:R}, differences {difference:R}.");
            }
        }
    }
}
