using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>NaN, infinities and huge numbers through every activation, single and batched.</summary>
[Trait("Category", "Numeric")]
public sealed class SpecialValueNetworksTests
{
    private const int Width = 19;

    private static readonly Activation[] Activations = Enum.GetValues<Activation>();
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Activations.Select(Source)));

    [Fact]
    public void NaN_GivesNaN_AndLeavesOtherSamplesAlone() => RunAll((activation, network) =>
    {
        float[] clean = Numbers.Normal(5 * Width, 1), dirty = [.. clean];
        dirty[(2 * Width) + 17] = float.NaN;
        float[] expected = Predict(network, clean), actual = Predict(network, dirty);
        bool isOverAxis = activation is Activation.Softmax or Activation.LogSoftmax;
        for (int i = 0; i < actual.Length; i++)
        {
            bool isHit = i == (2 * Width) + 17 || (isOverAxis && i / Width == 2);
            Expect.True(isHit ? float.IsNaN(actual[i]) : actual[i].Equals(expected[i]), $"{activation}[{i}] is {actual[i]}.");
        }

        Assert.All(Predict(network, Enumerable.Repeat(float.NaN, Width).ToArray()), value => Assert.True(float.IsNaN(value), $"{activation} of NaN is {value}."));
    });

    [Fact]
    public void Extremes_GiveTheLimits() => RunAll((activation, network) =>
    {
        float[] inputs = [float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 200, -200, 0, -0f];
        float[] padded = new float[Width];
        foreach (float x in inputs)
        {
            Array.Fill(padded, x);
            float y = Predict(network, padded)[3];
            double expected = Limit(activation, x);
            Expect.True(double.IsNaN(expected) ? float.IsNaN(y) : (float)expected == y || Math.Abs(y - expected) <= 1e-5 * Math.Abs(expected), $"{activation}({x}) is {y}, expected {expected}.");
        }
    });

    [Fact]
    public void HugeLogits_GiveDistributions() => RunAll((activation, network) =>
    {
        if (activation is not (Activation.Softmax or Activation.LogSoftmax))
        {
            return;
        }

        float[] logits = new float[Width];
        Array.Fill(logits, -3e38f);
        logits[7] = 3e38f;
        logits[11] = 1e4f;
        float[] result = Predict(network, logits);
        for (int i = 0; i < Width; i++)
        {
            float expected = activation == Activation.Softmax ? (i == 7 ? 1 : 0) : i == 7 ? 0 : (float)((double)logits[i] - 3e38);
            Assert.Equal(expected, result[i]);
        }
    });

    [Fact]
    public void LossOfHugeLogits_IsFinite_AndItsGradientIsTheDifference()
    {
        DigitsNetwork network = new(1);
        foreach (WeightView view in network.Weights)
        {
            view.CopyFrom(Enumerable.Repeat(view.Name == "dense1.kernel" ? 100f : 0f, view.Length).ToArray());
        }

        network.Weights.Dense2Kernel.CopyFrom([.. Enumerable.Range(0, 1280).Select(i => i % 10 == 3 ? 1000f : -1000f)]);
        using DigitsNetwork.Training training = network.CreateTraining(1, threads: 1);
        float[] input = [.. Enumerable.Repeat(1f, 784)];
        Assert.Equal(0, training.ComputeGradients(input, [3]), 1e-6);
        Assert.True(float.IsFinite(training.ComputeGradients(input, [4])), "The loss of an impossible class must stay a number.");
        float[] bias = training.WeightGradients.Dense2Bias.ToArray();
        Assert.Equal([0, 0, 0, 1, -1, 0, 0, 0, 0, 0], bias);
    }

    /// <summary>What would be denormals further down is nothing at the loss: products with them take a hundred cycles each on some processors, and learn nothing.</summary>
    [Theory]
    [InlineData(60, 8.7565e-27f)]
    [InlineData(80, 0)]
    [InlineData(95, 0)]
    public void GradientOfANegligibleProbability_IsZero(float lead, float expected)
    {
        DigitsNetwork network = new(1);
        foreach (WeightView view in network.Weights)
        {
            view.CopyFrom(new float[view.Length]);
        }

        network.Weights.Dense2Bias.CopyFrom([0, 0, 0, lead, 0, 0, 0, 0, 0, 0]);
        using DigitsNetwork.Training training = network.CreateTraining(1, threads: 1);
        training.ComputeGradients(new float[784], [3]);
        float[] bias = training.WeightGradients.Dense2Bias.ToArray();
        Assert.All(bias.Where((_, i) => i != 3), gradient => Assert.Equal(expected, gradient, expected * 1e-4f));
        Assert.Equal(0, bias[3]);
    }

    private static string Name(Activation activation) => "Special" + activation;

    private static string Source(Activation activation) => $"[Network]\n[Input({Width})]\n[Activation(Activation.{activation})]\npublic partial class {Name(activation)};\n";

    private static void RunAll(Action<Activation, INetwork> run)
    {
        List<string> failures = [];
        foreach (Activation activation in Activations)
        {
            try
            {
                run(activation, Compiled.Value.Create(Name(activation)));
            }
            catch (Exception exception)
            {
                failures.Add($"{activation}: {exception.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static float[] Predict(INetwork network, float[] input)
    {
        float[] output = new float[input.Length];
        network.Predict([input], [output]);
        return output;
    }

    // The limit, or the value where it is finite, in double; softmaxes are over equal values.
    private static double Limit(Activation activation, double x) => activation switch
    {
        Activation.Linear => x,
        Activation.Step => x >= 0 ? 1 : 0,
        Activation.Sigmoid => x == 0 ? 0.5 : x > 0 ? 1 : x == -200 ? Math.Exp(-200) : 0,
        Activation.Tanh or Activation.Softsign when double.IsInfinity(x) => activation == Activation.Tanh ? Math.Sign(x) : double.NaN,
        Activation.Tanh => Math.Tanh(x),
        Activation.Softsign => x / (1 + Math.Abs(x)),
        Activation.Relu => Math.Max(x, 0),
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Selu => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
        Activation.Gelu or Activation.GeluTanh or Activation.Silu or Activation.Mish => x > 0 ? x : double.IsInfinity(x) ? double.NaN : 0,
        Activation.Softplus => x == 0 ? Math.Log(2) : x > 0 ? x : 0,
        Activation.HardSigmoid => x == 0 ? 0.5 : x > 0 ? 1 : 0,
        Activation.Exp => x == 0 ? 1 : x > 0 ? double.PositiveInfinity : 0,
        Activation.Softmax => double.IsInfinity(x) ? double.NaN : 1.0 / Width,
        _ => double.IsInfinity(x) ? double.NaN : -Math.Log(Width),
    };
}
