using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>Every layer in training, in double, against central differences of its weights and, through the weights before it, of its input.</summary>
public sealed class LayerDifferenceTests
{
    private const double Step = 1e-5;

    // Rounding of a loss near 1 over the step is 1e-11, truncation the step squared times a third derivative, which normalizations of few values make large.
    private const double Tolerance = 1e-7;

    private const int Samples = 3;

    private static readonly float[] SampleWeights = [0.5f, 2, 1.25f];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, LayerCases.All.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void EveryLayer_AgreesWithDifferences(int index)
    {
        LayerCase layer = LayerCases.All[index];
        NetworkDescription description = layer.Network();
        DynamicNetwork<double> network = new(description, Describe.RandomWeights(description, 11));
        Column[] inputs = [layer.Samples(Samples)], targets = [layer.Targets(Samples)];
        DynamicGradients<double> gradients = network.ComputeGradients(inputs, targets, SampleWeights);
        Expect.True(double.IsFinite(gradients.Loss), $"{layer}: the loss is {gradients.Loss}.");
        Assert.NotEmpty(gradients.Weights);
        foreach ((string name, double[] gradient) in gradients.Weights)
        {
            double[] values = network.Weights[name];
            for (int i = 0; i < values.Length; i++)
            {
                double original = values[i];
                values[i] = original + Step;
                double above = Loss();
                values[i] = original - Step;
                double below = Loss();
                values[i] = original;
                double difference = (above - below) / (2 * Step);
                Expect.True(Math.Abs(gradient[i] - difference) <= Tolerance * Math.Max(1, Math.Abs(difference)), $"{layer}: {name}[{i}]: tape {gradient[i]:R}, differences {difference:R}.");
            }
        }

        double Loss()
        {
            // The same step draws the same masks and noise.
            network.StepIndex = 0;
            return network.ComputeGradients(inputs, targets, SampleWeights, GradientTargets.None).Loss;
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void EveryLayer_GivesTheSameInFloatAndForEachSampleAlone(int index)
    {
        LayerCase layer = LayerCases.All[index];
        NetworkDescription description = layer.Network();
        Dictionary<string, float[]> weights = Describe.RandomWeights(description, 11);
        DynamicNetwork<float> single = new(description, weights);
        DynamicNetwork<double> network = new(description, weights);
        Column samples = layer.Samples(Samples);
        double[] expected = network.Predict([samples])[0];
        float[] actual = single.Predict([samples])[0];
        for (int i = 0; i < expected.Length; i++)
        {
            Expect.True(Math.Abs(actual[i] - expected[i]) <= 1e-4 * Math.Max(1, Math.Abs(expected[i])), $"{layer}: float {actual[i]:R}, double {expected[i]:R} at {i}.");
        }

        int length = samples.Length / Samples, output = expected.Length / Samples;
        for (int sample = 0; sample < Samples; sample++)
        {
            Column one = layer.IsMasked ? samples.Integers.Slice(sample * length, length) : samples.Floats.Slice(sample * length, length);
            Assert.Equal(expected[(sample * output)..((sample + 1) * output)], network.Predict([one])[0]);
        }
    }
}
