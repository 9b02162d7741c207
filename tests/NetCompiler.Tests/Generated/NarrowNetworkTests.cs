using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>A hidden layer whose weights inference holds as bfloat16, and a small one that stays as it is.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Input(300)]
[Dense(80, Activation = Activation.Relu, KernelL2 = 0.001)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class NarrowNetwork;

/// <summary>The same as floats.</summary>
[Network]
[Input(300)]
[Dense(80, Activation = Activation.Relu, KernelL2 = 0.001)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class WideNetwork;

/// <summary>Every value of the first layer's weights is some bfloat16.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Input(2048)]
[Dense(32, UseBias = false)]
public partial class EveryBFloat16Network;

/// <summary>Recurrent layers that can be run step by step.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Input(6, 90)]
[Dense(130, Activation = Activation.Tanh)]
[Lstm(64, ReturnSequences = true)]
[Gru(80, ReturnSequences = true)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(3)]
public partial class NarrowStepNetwork;

/// <summary>Tokens that index a table, whose rows are multiplied by a kernel that would be narrow otherwise.</summary>
[Network(Weights = WeightFormat.BFloat16)]
[Tokens(6, Vocabulary = 50)]
[Embedding(60)]
[Lstm(64, ReturnSequences = true)]
[Dense(3)]
public partial class NarrowTokensNetwork;

/// <summary>Inference with weights as bfloat16: the large matrices rounded, everywhere alike and nothing else, and as fresh as the weights.</summary>
[Trait("Category", "Numeric")]
public sealed class NarrowNetworkTests
{
    /// <summary>Sums of up to 1,000 products in float, behind up to five layers; another rounding of some weights would show as 1e-3.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>bfloat16 is off by 2^-8 of each weight, of which the sums of a layer average some out.</summary>
    private const double RoundingTolerance = 0.02;

    private const int Samples = 5;

    private static readonly string[] Layers =
    [
        "[Input(300)]\n[Dense(33, Activation = Activation.Relu)]\n[Dense(3)]",
        "[Input(200)]\n[Dense(50)]",
        "[Input(1000)]\n[Dense(17, Activation = Activation.Tanh)]\n[Dense(40)]",
        "[Input(784)]\n[Dense(128, Activation = Activation.Relu)]\n[Dense(10, Activation = Activation.Softmax)]",
        "[Input(192)]\n[Dense(64, UseBias = false)]\n[Dense(130)]",
        "[Input(13, 170)]\n[Dense(70, Activation = Activation.Gelu)]\n[GlobalAveragePool1D]\n[Dense(2)]",
        "[Input(7, 150)]\n[Lstm(64)]\n[Dense(3)]",
        "[Input(5, 9)]\n[Lstm(80, Bidirectional = true, ReturnSequences = true)]\n[Lstm(48)]\n[Dense(2)]",
        "[Input(5, 40)]\n[Gru(128, ResetAfter = false)]\n[Dense(3)]",
        "[Input(4, 64)]\n[Gru(70)]\n[Dense(3)]",
        "[Input(6, 20)]\n[SimpleRnn(130, ReturnSequences = true)]\n[SimpleRnn(100, GoBackwards = true)]\n[Dense(3)]",
        "[Input(6, 20, 3)]\n[Conv2D(8, 3)]\n[Flatten]\n[Dense(40, Activation = Activation.Relu)]\n[Dense(3)]",
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Layers.Select((layers, i) => $"[Network(Weights = WeightFormat.BFloat16)]\n{layers}\npublic partial class {Name(i)};\n")));

    [Fact]
    public void LargeMatrices_AreRounded_AndNothingElse()
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            INetwork network = Compiled.Value.Create(Name(i));
            Numbers.Randomize(network, seed: i + 1);
            int inputs = network.Description.Inputs[0].Shape.Aggregate(1, (product, size) => product * size);
            foreach (int count in new[] { 1, 3, 33 })
            {
                float[] input = Numbers.Normal(count * inputs, seed: count);
                network.Weights[0].CopyFrom(Numbers.Normal(network.Weights[0].Length, seed: count, 0.05));
                float[] exact = Predict(network, input, count);
                int rounded = 0;
                foreach (WeightView view in network.Weights.Where(IsLarge))
                {
                    view.CopyFrom(Rounded(view.ToArray(), view.Shape[^1]));
                    rounded++;
                }

                Assert.NotEqual(0, rounded);
                Numbers.AssertSameBits($"{Layers[i]}, {count} samples, rounded before", exact, Predict(network, input, count));
                Numbers.AssertClose($"{Layers[i]}, {count} samples", DynamicNetwork.From<double>(network).Predict([input])[0], exact, Tolerance);
            }
        }
    }

    // Columns j and j + 16 of 32 share 32 bits.
    private static float[] Rounded(float[] values, int columns) => [.. values.Select((value, i) => i % columns % 32 < 16
        ? BitConverter.UInt32BitsToSingle((uint)BFloat16Panels.Round(value) << 16)
        : BFloat16Panels.RoundUpper(value, BFloat16Panels.Round(values[i - 16])))];

    [Fact]
    public void EveryFiniteBFloat16_IsReadAsItIsRounded()
    {
        EveryBFloat16Network network = new(1);
        float[] weights = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)).Select(value => float.IsFinite(value) ? value : 0)];
        network.Weights["dense1.kernel"].CopyFrom(weights);
        float[] rounded = Rounded(weights, 32), input = new float[4 * 2048], one = new float[32], four = new float[4 * 32];
        for (int row = 0; row < 2048; row++)
        {
            input[row] = input[2048 + row] = input[(2 * 2048) + row] = input[(3 * 2048) + row] = 1;
            network.Predict(input.AsSpan(0, 2048), one);
            network.Predict(input, four);
            Assert.Equal(weights[(row * 32)..((row * 32) + 16)], one[..16]);
            Assert.Equal(rounded[(row * 32)..((row + 1) * 32)], one);
            for (int sample = 0; sample < 4; sample++)
            {
                Assert.Equal(one, four[(sample * 32)..((sample + 1) * 32)]);
            }

            input[row] = input[2048 + row] = input[(2 * 2048) + row] = input[(3 * 2048) + row] = 0;
        }
    }

    [Fact]
    public void Steps_GiveTheRowsOfPredict()
    {
        NarrowStepNetwork network = new(1);
        Numbers.Randomize(network, seed: 2);
        float[] input = Numbers.Normal(NarrowStepNetwork.InputLength, 3), state = new float[NarrowStepNetwork.StateLength], steps = new float[NarrowStepNetwork.OutputLength];
        for (int step = 0; step < 6; step++)
        {
            network.PredictNext(input.AsSpan(90 * step, 90), state, steps.AsSpan(3 * step, 3));
        }

        Numbers.AssertClose("steps", Doubles(network.Predict(input)), steps, Tolerance);

        NarrowTokensNetwork other = new(1);
        Numbers.Randomize(other, seed: 2);
        int[] tokens = [3, 1, 49, 0, 7, 7];
        float[] otherState = new float[NarrowTokensNetwork.StateLength], rows = new float[NarrowTokensNetwork.OutputLength];
        for (int step = 0; step < 6; step++)
        {
            other.PredictNext(tokens.AsSpan(step, 1), otherState, rows.AsSpan(3 * step, 3));
        }

        Numbers.AssertClose("steps of tokens", Doubles(other.Predict(tokens)), rows, Tolerance);
    }

    [Fact]
    public void FoldedNormalization_IsRoundedWithTheWeights()
    {
        INetwork network = CompiledNetworks.Compile(["[Network(Weights = WeightFormat.BFloat16)]\n[Input(300)]\n[Dense(40, UseBias = false)]\n[BatchNormalization]\n[Activation(Activation.Tanh)]\n[Dense(3)]\npublic partial class Folded;"]).Create("Folded");
        Numbers.Randomize(network, seed: 1);
        float[] input = Numbers.Normal(3 * 300, 2);
        double[] expected = DynamicNetwork.From<double>(network).Predict([input])[0];
        float[] many = Predict(network, input, 3);
        Numbers.AssertClose("a batch", expected, many, RoundingTolerance);
        Numbers.AssertClose("one sample", [.. many.Take(many.Length / 3).Select(value => (double)value)], Predict(network, input[..300], 1), Tolerance);
    }

    [Fact]
    public void RoundedWeights_FollowTheWeights()
    {
        NarrowNetwork network = new(1), other = new(2);
        float[] inputs = Numbers.Normal(Samples * NarrowNetwork.InputLength, 3), values = new float[NarrowNetwork.ParameterCount];
        int[] classes = Numbers.Classes(Samples, NarrowNetwork.OutputLength, 4);
        using NarrowNetwork.Training training = network.CreateTraining(Samples);
        OptimizerState optimizer = new Adam(0.01).CreateState(training);
        Check(network, inputs, "fresh weights");
        float[] before = network.Predict(inputs);
        for (int step = 0; step < 3; step++)
        {
            training.Step(inputs, classes, optimizer);
        }

        Check(network, inputs, "training");
        Assert.NotEqual(before, network.Predict(inputs));
        other.ExportParameters(values);
        network.ImportParameters(values);
        Check(network, inputs, "ImportParameters");
        network.Weights["dense1.kernel"].CopyFrom(Numbers.Normal(300 * 80, 5));
        Check(network, inputs, "WeightView.CopyFrom");
        for (int round = 0; round < 10; round++)
        {
            network.CopyParametersFrom(other, 0.5);
            float[][] seen = new float[4][];
            Parallel.For(0, seen.Length, caller => seen[caller] = network.Predict(inputs));
            Assert.All(seen, outputs => Numbers.AssertSameBits("concurrent callers", seen[0], outputs));
            Check(network, inputs, "CopyParametersFrom");
        }
    }

    [Fact]
    public void TrainingAndFiles_HoldFloats()
    {
        NarrowNetwork narrow = new(1);
        WideNetwork wide = new(2);
        using MemoryStream file = new();
        narrow.Save(file);
        file.Position = 0;
        wide.LoadWeights(file);
        float[] inputs = Numbers.Normal(Samples * NarrowNetwork.InputLength, 3), ours = new float[NarrowNetwork.ParameterCount], theirs = new float[NarrowNetwork.ParameterCount];
        int[] classes = Numbers.Classes(Samples, NarrowNetwork.OutputLength, 4);
        using NarrowNetwork.Training narrowTraining = narrow.CreateTraining(Samples);
        using WideNetwork.Training wideTraining = wide.CreateTraining(Samples);
        OptimizerState narrowOptimizer = new Adam(0.01).CreateState(narrowTraining), wideOptimizer = new Adam(0.01).CreateState(wideTraining);
        for (int step = 0; step < 5; step++)
        {
            narrow.Predict(inputs);
            Assert.Equal(wideTraining.Step(inputs, classes, wideOptimizer), narrowTraining.Step(inputs, classes, narrowOptimizer));
            narrow.ExportParameters(ours);
            wide.ExportParameters(theirs);
            Numbers.AssertSameBits($"step {step}", theirs, ours);
        }

        float[] exact = wide.Predict(inputs), rounded = narrow.Predict(inputs);
        Assert.NotEqual(exact, rounded);
        Numbers.AssertClose("rounded", Doubles(exact), rounded, RoundingTolerance);
    }

    // A network that has never predicted reads the weights as they are now.
    private static void Check(NarrowNetwork network, float[] inputs, string change)
    {
        NarrowNetwork fresh = new(7);
        fresh.CopyParametersFrom(network, 1);
        float[] one = new float[NarrowNetwork.OutputLength], expected = new float[NarrowNetwork.OutputLength];
        network.Predict(inputs.AsSpan(0, NarrowNetwork.InputLength), one);
        fresh.Predict(inputs.AsSpan(0, NarrowNetwork.InputLength), expected);
        Numbers.AssertSameBits($"{change}, one sample", expected, one);
        float[] many = network.Predict(inputs), threaded = new float[many.Length];
        Numbers.AssertSameBits($"{change}, a batch", fresh.Predict(inputs), many);
        network.Predict(inputs, threaded, threads: 2);
        Numbers.AssertSameBits($"{change}, two threads", many, threaded);
        Numbers.AssertClose($"{change}, one sample of a batch", Doubles(many).AsSpan(0, one.Length), one, Tolerance);
    }

    private static float[] Predict(INetwork network, float[] input, int count)
    {
        float[] output = new float[count * network.Description.Outputs[0].Shape.Aggregate(1, (product, size) => product * size)];
        network.Predict([input], [output]);
        return output;
    }

    // As the documentation of the format says.
    private static bool IsLarge(WeightView view) => view.Shape.Length == 2 && view.Shape[1] > 16 && view.Shape[0] * ((view.Shape[1] + 15) / 16 * 16) >= 12288;

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static string Name(int i) => $"Narrow{i}";
}
