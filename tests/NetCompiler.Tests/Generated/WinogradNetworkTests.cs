using System.Reflection;
using System.Runtime.Intrinsics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>A convolution that inference takes in transformed tiles, its kernel scaled by batch normalization.</summary>
[Network]
[Input(9, 8, 16)]
[Conv2D(20, 3, UseBias = false)]
[BatchNormalization]
[Activation(Activation.Relu)]
[MaxPool2D]
[Flatten]
[Dense(3, Activation = Activation.Softmax)]
[Loss(Loss.SparseCategoricalCrossentropy)]
public partial class TiledNetwork;

/// <summary>Convolutions in Winograd's tiles: as exact as windows, as fresh as the weights, and the same for every sample wherever it stands.</summary>
[Trait("Category", "Numeric")]
public sealed class WinogradNetworkTests
{
    /// <summary>The largest error over the largest value, of sums of up to 576 products in float; windows reach 2e-7 and tiles 3e-7.</summary>
    private const double ErrorBound = 1e-6;

    /// <summary>Between tiles and windows, behind a softmax.</summary>
    private const double Tolerance = 1e-5;

    private const int Samples = 5;

    private static readonly (int Height, int Width, int Channels, int Filters, bool IsSame, bool IsPooled)[] Cases =
    [
        (5, 5, 16, 17, true, false), (6, 7, 17, 16, false, false), (7, 9, 33, 33, true, true), (7, 9, 16, 64, false, true), (8, 8, 64, 16, true, true),
        (13, 13, 17, 33, false, true), (13, 13, 64, 64, true, false), (15, 15, 33, 16, false, false), (15, 15, 32, 64, false, true), (15, 4, 16, 16, true, true),
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Cases.Select(Source)));

    [Fact]
    public void Tiles_AreAsExactAsWindows()
    {
        for (int i = 0; i < Cases.Length; i++)
        {
            INetwork network = Compiled.Value.Create(Name(i));
            AssertTiled(network.GetType());
            Numbers.Randomize(network, seed: i + 1);
            int inputs = Cases[i].Height * Cases[i].Width * Cases[i].Channels;
            foreach (int count in new[] { 1, 3, 33 })
            {
                float[] input = Numbers.Normal(count * inputs, seed: count);
                double[] expected = DynamicNetwork.From<double>(network).Predict([input])[0];
                float[] output = new float[expected.Length];
                network.Predict([input], [output]);
                double largest = expected.Max(Math.Abs), error = expected.Zip(output, (y, actual) => Math.Abs(y - actual)).Max();
                Expect.True(error <= ErrorBound * largest, $"{Source(Cases[i], i)}, {count} samples: the error is {error / largest:G3} of the largest value.");
            }
        }
    }

    [Fact]
    public void Samples_DoNotDependOnTheirNeighboursOrThreads()
    {
        TiledNetwork network = new(1);
        float[] inputs = Numbers.Normal(200 * TiledNetwork.InputLength, 2), all = network.Predict(inputs), threaded = new float[all.Length], some = new float[2 * TiledNetwork.OutputLength];
        network.Predict(inputs, threaded, threads: 2);
        Numbers.AssertSameBits("two threads", all, threaded);
        network.Predict(inputs.AsSpan(150 * TiledNetwork.InputLength, 2 * TiledNetwork.InputLength), some);
        Numbers.AssertSameBits("two of the samples", all.AsSpan(150 * TiledNetwork.OutputLength, some.Length), some);
    }

    [Fact]
    public void TransformedKernels_FollowTheWeights()
    {
        AssertTiled(typeof(TiledNetwork));
        TiledNetwork network = new(1), other = new(2);
        float[] inputs = Numbers.Normal(Samples * TiledNetwork.InputLength, 3), values = new float[TiledNetwork.ParameterCount];
        int[] classes = Numbers.Classes(Samples, TiledNetwork.OutputLength, 4);
        using TiledNetwork.Training training = network.CreateTraining(Samples);
        OptimizerState optimizer = new Adam(0.05).CreateState(training);
        Check(network, training, inputs, "fresh weights");
        float[] before = network.Predict(inputs);
        for (int step = 0; step < 3; step++)
        {
            training.Step(inputs, classes, optimizer);
        }

        Check(network, training, inputs, "training");
        Assert.NotEqual(before, network.Predict(inputs));
        other.ExportParameters(values);
        network.ImportParameters(values);
        Check(network, training, inputs, "ImportParameters");
        network.Weights["conv2d1.kernel"].CopyFrom(Numbers.Normal(3 * 3 * 16 * 20, 5));
        Check(network, training, inputs, "WeightView.CopyFrom");
        float[][] seen = new float[4][];
        network.CopyParametersFrom(other, 0.5);
        Parallel.For(0, seen.Length, caller => seen[caller] = network.Predict(inputs));
        Assert.All(seen, outputs => Numbers.AssertSameBits("concurrent callers", seen[0], outputs));
        Check(network, training, inputs, "CopyParametersFrom");
    }

    [Fact]
    public void NotANumber_ReachesTheWindowsThatContainIt()
    {
        INetwork network = Compiled.Value.Create(Name(7));
        Numbers.Randomize(network, seed: 1);
        (int height, int width, int channels, int filters, _, _) = Cases[7];
        float[] input = Numbers.Normal(height * width * channels, seed: 2), output = new float[(height - 2) * (width - 2) * filters];
        foreach ((int row, int column) in new[] { (0, 0), (5, 6), (6, 5), (14, 14) })
        {
            float[] spoilt = [.. input];
            spoilt[(((row * width) + column) * channels) + 3] = float.NaN;
            network.Predict([spoilt], [output]);
            for (int i = 0; i < output.Length; i++)
            {
                int y = i / filters / (width - 2), x = i / filters % (width - 2);
                Assert.Equal(row >= y && row < y + 3 && column >= x && column < x + 3, float.IsNaN(output[i]));
            }
        }
    }

    // Forward with training off reads the weights themselves, in windows.
    private static void Check(TiledNetwork network, TiledNetwork.Training training, float[] inputs, string change)
    {
        float[] windows = new float[Samples * TiledNetwork.OutputLength], one = new float[TiledNetwork.OutputLength];
        network.Predict(inputs.AsSpan(0, TiledNetwork.InputLength), one);
        float[] many = network.Predict(inputs);
        training.Forward(inputs, windows, training: false);
        double[] wanted = [.. windows.Select(value => (double)value)];
        Numbers.AssertClose($"{change}, a batch", wanted, many, Tolerance);
        Numbers.AssertClose($"{change}, one sample", wanted.AsSpan(0, one.Length), one, Tolerance);
    }

    private static void AssertTiled(Type network)
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Type kernels = network.GetNestedType($"Kernels{width}", BindingFlags.NonPublic)!;
        Assert.Contains(kernels.GetMethods(BindingFlags.NonPublic | BindingFlags.Static), method => method.Name.Contains("ToProducts", StringComparison.Ordinal));
    }

    private static string Name(int i) => $"Tiled{i}";

    private static string Source((int Height, int Width, int Channels, int Filters, bool IsSame, bool IsPooled) layer, int i) =>
        $"[Network]\n[Input({layer.Height}, {layer.Width}, {layer.Channels})]\n[Conv2D({layer.Filters}, 3{(layer.IsSame ? ", Padding = Padding.Same" : "")}, Activation = Activation.LeakyRelu)]\n"
        + $"{(layer.IsPooled ? "[MaxPool2D]\n" : "")}public partial class {Name(i)};\n";
}
