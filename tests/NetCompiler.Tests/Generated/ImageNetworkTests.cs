using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>Networks over images and with batch normalization: golden networks, and how moving statistics follow training and inference.</summary>
[Trait("Category", "Numeric")]
public sealed class ImageNetworkTests
{
    private const int Samples = 6;
    private const double Tolerance = 1e-5;

    private static readonly float[] Images = Numbers.Normal(Samples * NoisyImageNetwork.InputLength, 31, scale: 2);
    private static readonly int[] Classes = Numbers.Classes(Samples, NoisyImageNetwork.OutputLength, 32);

    [SharedFact]
    public void BatchNormalization_GivesTheGoldenLossAndGradientsInTraining()
    {
        Golden golden = Golden.Load("network/batch-normalization-mlp");
        NormalizedNetwork network = new();
        Load(golden, network);
        using NormalizedNetwork.Training training = network.CreateTraining(8);
        golden.Compare("loss", [training.ComputeGradients(golden.Tensors.Floats("input"), golden.Tensors.Integers("target"), GradientTargets.Parameters | GradientTargets.Inputs)]);
        Compare(golden, training.Outputs, training.InputGradients, training.WeightGradients);
    }

    [SharedFact]
    public void ResidualBlock_GivesTheGoldenLossAndGradients()
    {
        Golden golden = Golden.Load("network/residual");
        ResidualNetwork network = new();
        Load(golden, network);
        using ResidualNetwork.Training training = network.CreateTraining(3);
        golden.Compare("output", network.Predict(golden.Tensors.Floats("input")));
        golden.Compare("loss", [training.ComputeGradients(golden.Tensors.Floats("input"), golden.Tensors.Integers("target"), GradientTargets.Parameters | GradientTargets.Inputs)]);
        Compare(golden, training.Outputs, training.InputGradients, training.WeightGradients);
    }

    [Fact]
    public void MovingStatistics_FollowTrainingAndNothingElse()
    {
        NoisyImageNetwork network = new(3);
        using NoisyImageNetwork.Training training = network.CreateTraining(Samples);
        float[] outputs = new float[Samples * NoisyImageNetwork.OutputLength], fresh = network.Statistics.ToArray();
        Assert.Equal(10, NoisyImageNetwork.StatisticsCount);

        training.ComputeLoss(Images, Classes);
        training.Forward(Images, outputs, training: false);
        training.Backward(outputs);
        network.Predict(Images);
        Assert.Equal(fresh, network.Statistics.ToArray());
        Assert.Equal(0, training.StepIndex);

        float[] last = fresh;
        foreach (Action move in new Action[] { () => training.ComputeGradients(Images, Classes), () => training.Forward(Images, outputs), () => training.Step(Images, Classes, new Sgd(0.1).CreateState(training)) })
        {
            float[] before = network.Predict(Images);
            move();
            float[] now = network.Statistics.ToArray();
            Assert.NotEqual(last, now);
            Assert.NotEqual(before, network.Predict(Images)); // inference sees them at once
            last = now;
        }

        training.Forward(Images, outputs);
        last = network.Statistics.ToArray();
        training.Backward(outputs);
        Assert.Equal(last, network.Statistics.ToArray());
        Assert.Equal(4, training.StepIndex);
    }

    [Fact]
    public void InferenceWithGradients_IsThePredictionAndItsDerivative()
    {
        NoisyImageNetwork network = new(4);
        using NoisyImageNetwork.Training training = network.CreateTraining(Samples);
        training.ComputeGradients(Images, Classes);
        training.ComputeGradients(Images, Classes);
        float[] outputs = new float[Samples * NoisyImageNetwork.OutputLength], predicted = network.Predict(Images), weights = Numbers.Normal(outputs.Length, 33);
        training.Forward(Images, outputs, training: false);
        Numbers.AssertClose("outputs", [.. predicted.Select(value => (double)value)], outputs, Tolerance);
        training.Backward(weights, GradientTargets.Parameters | GradientTargets.Inputs);

        // The derivative along one direction of the images, against a central difference of Predict.
        float[] direction = Numbers.Normal(Images.Length, 34);
        const float Step = 1e-2f;
        double Judged(float step) => network.Predict([.. Images.Zip(direction, (x, d) => x + (step * d))]).Zip(weights, (y, w) => (double)y * w).Sum();
        double difference = (Judged(Step) - Judged(-Step)) / (2 * Step);
        double derivative = training.InputGradients.ToArray().Zip(direction, (g, d) => (double)g * d).Sum();
        Expect.True(Math.Abs(difference - derivative) <= 0.02 * (1 + Math.Abs(difference)), $"The derivative is {derivative}, the difference {difference}."); // in float, across kinks of ReLU and pooling

        // In training the outputs are others: statistics of the batch, noise and dropout.
        float[] trained = new float[outputs.Length];
        training.Forward(Images, trained);
        Assert.NotEqual(outputs, trained);
    }

    [Fact]
    public void MovingStatistics_AreSavedLoadedAndCopied()
    {
        NoisyImageNetwork network = new(5);
        using NoisyImageNetwork.Training training = network.CreateTraining(Samples);
        training.ComputeGradients(Images, Classes);
        using MemoryStream file = new();
        network.Save(file);
        NoisyImageNetwork loaded = new(6), copied = new(7);
        file.Position = 0;
        WeightLoadReport report = loaded.LoadWeights(file);
        Assert.Contains("batch_normalization1.moving_variance", report.Loaded);
        copied.CopyParametersFrom(network);
        float[] expected = network.Predict(Images);
        Assert.Equal(expected, loaded.Predict(Images));
        Assert.Equal(expected, copied.Predict(Images));
        Assert.Equal(expected, network.Clone().Predict(Images));
        Assert.Equal(network.Statistics.ToArray(), loaded.Statistics.ToArray());
    }

    [Fact]
    public void Statistics_AreNoParameters()
    {
        NoisyImageNetwork network = new();
        Assert.Equal((3 * 3 * 3 * 5) + 5 + 5 + (5 * 4) + 4, NoisyImageNetwork.ParameterCount);
        using NoisyImageNetwork.Training training = network.CreateTraining(1);
        Assert.DoesNotContain(training.WeightGradients, view => view.Name.Contains("moving", StringComparison.Ordinal));
        Assert.Equal([0f, 0, 0, 0, 0], network.Weights.BatchNormalization1MovingMean.ToArray());
        Assert.Equal([1f, 1, 1, 1, 1], network.Weights.BatchNormalization1MovingVariance.ToArray());
    }

    private static void Load(Golden golden, INetwork network)
    {
        foreach (WeightView view in network.Weights.Where(view => golden.Tensors.Contains($"param.{view.Name}")))
        {
            view.CopyFrom(golden.Tensors.Floats($"param.{view.Name}"));
        }
    }

    private static void Compare(Golden golden, ReadOnlySpan<float> outputs, ReadOnlySpan<float> inputGradients, IEnumerable<WeightView> gradients)
    {
        golden.Compare("output", outputs);
        golden.Compare("grad.input", inputGradients);
        foreach (WeightView view in gradients)
        {
            golden.Compare($"grad.{view.Name}", view.ToArray());
        }
    }
}
