using NetCompiler.TestKit;
using NetCompiler.Tests.Kernels;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>A hidden layer whose weights inference holds in 8 bits, and a small one that stays as it is.</summary>
[Network(Weights = WeightFormat.Int8)]
[Input(300)]
[Dense(80, Activation = Activation.Relu, KernelL2 = 0.001)]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class Int8Network;

/// <summary>Layers that are all large: each of their values is known to the bit.</summary>
[Network(Weights = WeightFormat.Int8)]
[Input(301)]
[Dense(70, Activation = Activation.Relu)]
[Dense(190)]
public partial class Int8LayersNetwork;

/// <summary>Recurrent layers that can be run step by step.</summary>
[Network(Weights = WeightFormat.Int8)]
[Input(6, 90)]
[Dense(130, Activation = Activation.Tanh)]
[Lstm(64, ReturnSequences = true)]
[Gru(80, ReturnSequences = true)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(3)]
public partial class Int8StepNetwork;

/// <summary>Tokens that index a table, whose rows are multiplied by a kernel that would be integers otherwise.</summary>
[Network(Weights = WeightFormat.Int8)]
[Tokens(6, Vocabulary = 50)]
[Embedding(60)]
[Lstm(64, ReturnSequences = true)]
[Dense(3)]
public partial class Int8TokensNetwork;

/// <summary>Inference in integers of 8 bits: the large matrices and what they multiply rounded, everywhere alike and nothing else, and as fresh as the weights.</summary>
[Trait("Category", "Numeric")]
public sealed class Int8NetworkTests
{
    /// <summary>Steps and whole sequences differ in the order of float sums, which may round a value to the next integer.</summary>
    private const double StepTolerance = 0.01;

    /// <summary>Rounding is off by 1 / 254 of a column's largest weight and 1 / 508 of a row's range, of which the sums of a layer average most out; of the size of all outputs.</summary>
    private const double RoundingTolerance = 0.1;

    private const int Samples = 5;

    private static readonly string[] Layers =
    [
        "[Input(300)]\n[Dense(33, Activation = Activation.Relu)]\n[Dense(3)]",
        "[Input(1000)]\n[Dense(17, Activation = Activation.Tanh)]\n[Dense(40)]",
        "[Input(13, 170)]\n[Dense(70, Activation = Activation.Gelu)]\n[GlobalAveragePool1D]\n[Dense(2)]",
        "[Input(7, 150)]\n[Lstm(64)]\n[Dense(3)]",
        "[Input(5, 9)]\n[Lstm(80, Bidirectional = true, ReturnSequences = true)]\n[Lstm(48)]\n[Dense(2)]",
        "[Input(5, 40)]\n[Gru(128, ResetAfter = false)]\n[Dense(3)]",
        "[Input(6, 20)]\n[SimpleRnn(130, ReturnSequences = true)]\n[SimpleRnn(100, GoBackwards = true)]\n[Dense(3)]",
        "[Input(9, 128)]\n[MultiHeadAttention(4, 32)]\n[GlobalAveragePool1D]\n[Dense(2)]",
        "[Input(6, 20, 3)]\n[Conv2D(8, 3)]\n[Flatten]\n[Dense(40, Activation = Activation.Relu)]\n[Dense(3)]",
        "[Input(300)]\n[Dense(40, UseBias = false)]\n[BatchNormalization]\n[Activation(Activation.Tanh)]\n[Dense(3)]",
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Layers.Select((layers, i) => $"[Network(Weights = WeightFormat.Int8)]\n{layers}\npublic partial class {Name(i)};\n")));

    [Fact]
    public void LargeLayers_AreProductsOfIntegers_ToTheBit_OneAndMany()
    {
        Int8LayersNetwork network = new(1);
        Numbers.Randomize(network, seed: 2);
        foreach (int count in new[] { 1, 2, 3, 33, 130 })
        {
            float[] input = Numbers.Normal(count * Int8LayersNetwork.InputLength, seed: count);
            float[] hidden = Layer(network, "dense1", input, isRectified: true), expected = Layer(network, "dense2", hidden, isRectified: false);
            Numbers.AssertSameBits($"{count} samples", expected, network.Predict(input));
            float[] threaded = new float[expected.Length];
            network.Predict(input, threaded, threads: 2);
            Numbers.AssertSameBits($"{count} samples, two threads", expected, threaded);
        }
    }

    [Fact]
    public void EveryKindOfLayer_StaysNearTheExactNetwork()
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            INetwork network = Compiled.Value.Create(Name(i));
            Numbers.Randomize(network, seed: i + 1);
            int inputs = network.Description.Inputs[0].Shape.Aggregate(1, (product, size) => product * size);
            foreach (int count in new[] { 1, 3, 33 })
            {
                float[] input = Numbers.Normal(count * inputs, seed: count);
                double[] exact = DynamicNetwork.From<double>(network).Predict([input])[0];
                float[] actual = Predict(network, input, count);
                AssertNear($"{Layers[i]}, {count} samples", exact, actual);
                Assert.NotEqual(Array.ConvertAll(exact, value => (float)value), actual);
                Numbers.AssertClose($"{Layers[i]}, one of {count} samples", Doubles(actual).AsSpan(0, actual.Length / count), Predict(network, input[..inputs], 1), StepTolerance);
            }
        }
    }

    [Fact]
    public void SmallMatrices_StayAsTheyAre()
    {
        const string Small = "[Input(100)]\n[Dense(16)]\n[Dense(90)]\npublic partial class";
        CompiledNetworks networks = CompiledNetworks.Compile([$"[Network(Weights = WeightFormat.Int8)]\n{Small} Narrow;", $"[Network]\n{Small} Wide;"]);
        INetwork narrow = networks.Create("Narrow"), wide = networks.Create("Wide");
        Numbers.Randomize(narrow, seed: 1);
        Numbers.Randomize(wide, seed: 1);
        float[] input = Numbers.Normal(3 * 100, seed: 2);
        Numbers.AssertSameBits("small matrices", Predict(wide, input, 3), Predict(narrow, input, 3));
    }

    [Fact]
    public void Steps_GiveTheRowsOfPredict()
    {
        Int8StepNetwork network = new(1);
        Numbers.Randomize(network, seed: 2);
        float[] input = Numbers.Normal(Int8StepNetwork.InputLength, 3), state = new float[Int8StepNetwork.StateLength], steps = new float[Int8StepNetwork.OutputLength];
        for (int step = 0; step < 6; step++)
        {
            network.PredictNext(input.AsSpan(90 * step, 90), state, steps.AsSpan(3 * step, 3));
        }

        Numbers.AssertClose("steps", Doubles(network.Predict(input)), steps, StepTolerance);

        Int8TokensNetwork other = new(1);
        Numbers.Randomize(other, seed: 2);
        int[] tokens = [3, 1, 49, 0, 7, 7];
        float[] otherState = new float[Int8TokensNetwork.StateLength], rows = new float[Int8TokensNetwork.OutputLength];
        for (int step = 0; step < 6; step++)
        {
            other.PredictNext(tokens.AsSpan(step, 1), otherState, rows.AsSpan(3 * step, 3));
        }

        Numbers.AssertClose("steps of tokens", Doubles(other.Predict(tokens)), rows, StepTolerance);
    }

    [Fact]
    public void RoundedWeights_FollowTheWeights()
    {
        Int8Network network = new(1), other = new(2);
        float[] inputs = Numbers.Normal(Samples * Int8Network.InputLength, 3), values = new float[Int8Network.ParameterCount];
        int[] classes = Numbers.Classes(Samples, Int8Network.OutputLength, 4);
        using Int8Network.Training training = network.CreateTraining(Samples);
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
        Int8Network narrow = new(1);
        WideNetwork wide = new(2);
        using MemoryStream file = new();
        narrow.Save(file);
        file.Position = 0;
        wide.LoadWeights(file);
        float[] inputs = Numbers.Normal(Samples * Int8Network.InputLength, 3), ours = new float[Int8Network.ParameterCount], theirs = new float[Int8Network.ParameterCount];
        int[] classes = Numbers.Classes(Samples, Int8Network.OutputLength, 4);
        using Int8Network.Training narrowTraining = narrow.CreateTraining(Samples);
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
        AssertNear("rounded", Doubles(exact), rounded);
    }

    [Fact]
    public void WhatIsNotFinite_SpoilsItsSampleOrItsUnitAlone()
    {
        Int8LayersNetwork network = new(1);
        Numbers.Randomize(network, seed: 2);
        float[] input = Numbers.Normal(3 * Int8LayersNetwork.InputLength, seed: 3), before = network.Predict(input);
        foreach (float spoiled in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            float[] other = [.. input];
            other[Int8LayersNetwork.InputLength + 17] = spoiled;
            float[] after = network.Predict(other);
            Assert.All(after[190..380], value => Assert.True(float.IsNaN(value)));
            Numbers.AssertSameBits("the samples beside it", [.. before[..190], .. before[380..]], [.. after[..190], .. after[380..]]);
        }

        float[] kernel = network.Weights["dense2.kernel"].ToArray();
        kernel[(5 * 190) + 3] = float.NaN;
        network.Weights["dense2.kernel"].CopyFrom(kernel);
        float[] withoutUnit = network.Predict(input);
        Assert.All(Enumerable.Range(0, before.Length), i => Assert.Equal(i % 190 == 3 ? float.NaN : before[i], withoutUnit[i]));
    }

    // A network that has never predicted reads the weights as they are now.
    private static void Check(Int8Network network, float[] inputs, string change)
    {
        Int8Network fresh = new(7);
        fresh.CopyParametersFrom(network, 1);
        float[] one = new float[Int8Network.OutputLength], expected = new float[Int8Network.OutputLength];
        network.Predict(inputs.AsSpan(0, Int8Network.InputLength), one);
        fresh.Predict(inputs.AsSpan(0, Int8Network.InputLength), expected);
        Numbers.AssertSameBits($"{change}, one sample", expected, one);
        float[] many = network.Predict(inputs), threaded = new float[many.Length];
        Numbers.AssertSameBits($"{change}, a batch", fresh.Predict(inputs), many);
        network.Predict(inputs, threaded, threads: 2);
        Numbers.AssertSameBits($"{change}, two threads", many, threaded);
        int[] classes = new int[Samples];
        network.Classify(inputs, classes);
        Assert.Equal(many.Chunk(Int8Network.OutputLength).Select(row => Array.IndexOf(row, row.Max())), classes);
    }

    /// <summary>A dense layer as the documentation of the format says: integers, then floats.</summary>
    internal static float[] Layer(INetwork network, string name, float[] input, bool isRectified, (float Least, float Most)? range = null)
    {
        WeightView kernel = network.Weights.Single(view => view.Name == name + ".kernel");
        float[] bias = network.Weights.Single(view => view.Name == name + ".bias").ToArray(), product = Int8Reference.Product(input, kernel.ToArray(), kernel.Shape[1], range);
        return [.. product.Select((value, i) => value + bias[i % bias.Length] is var sum && isRectified ? MathF.Max(0, sum) : sum)];
    }

    private static float[] Predict(INetwork network, float[] input, int count)
    {
        float[] output = new float[count * network.Description.Outputs[0].Shape.Aggregate(1, (product, size) => product * size)];
        network.Predict([input], [output]);
        return output;
    }

    private static void AssertNear(string what, double[] expected, float[] actual)
    {
        double error = expected.Zip(actual, (exact, rounded) => (rounded - exact) * (rounded - exact)).Sum(), size = expected.Sum(exact => exact * exact);
        Expect.True(Math.Sqrt(error / size) <= RoundingTolerance, $"{what}: off by {Math.Sqrt(error / size):0.0000} of the size of the outputs.");
    }

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static string Name(int i) => $"Integers{i}";
}
