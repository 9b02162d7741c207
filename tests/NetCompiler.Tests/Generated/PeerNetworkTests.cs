using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Generated;

/// <summary>The models that PyTorch wrote, declared and compiled here: its weights give its outputs, one sample at a time and together, and survive our files and Keras's names.</summary>
[Trait("Category", "Numeric")]
public sealed class PeerNetworkTests
{
    private const int Samples = 4;

    // Sums of up to 5,408 products in float on both sides, before a softmax or a sigmoid.
    private const float Tolerance = 1e-5f;

    [SharedFact("peers/models/mnist_cnn.weights.safetensors")]
    public void MnistCnn_GivesTheOutputsOfPyTorch()
    {
        SafetensorsFile file = Open("mnist_cnn");
        float[] images = ChannelsLast(file.Floats("x"), channels: 1), expected = file.Floats("y");
        PeerMnistCnn network = new(3);
        LoadPyTorch(network, "mnist_cnn");
        Check(network, images, expected, (samples, output) => network.Predict(samples, output), (samples, classes) => network.Classify(samples, classes));
        RoundTrips(network, PeerMnistCnn.Load, images, ["conv2d", "dense", "dense_1"]);
    }

    [SharedFact("peers/models/cifar_cnn.weights.safetensors")]
    public void CifarCnn_GivesTheOutputsOfPyTorch()
    {
        SafetensorsFile file = Open("cifar_cnn");
        float[] images = ChannelsLast(file.Floats("x"), channels: 3), expected = file.Floats("y");
        PeerCifarCnn network = new(3);
        LoadPyTorch(network, "cifar_cnn");
        Check(network, images, expected, (samples, output) => network.Predict(samples, output), (samples, classes) => network.Classify(samples, classes));
        RoundTrips(network, PeerCifarCnn.Load, images, ["conv2d", "conv2d_1", "dense", "dense_1"]);
    }

    [SharedFact("peers/models/sentiment.weights.safetensors")]
    public void Sentiment_GivesTheOutputsOfPyTorch()
    {
        SafetensorsFile file = Open("sentiment");
        int[] tokens = file.Integers("x");
        float[] expected = file.Floats("y");
        PeerSentiment network = new(3);
        LoadPyTorch(network, "sentiment");
        Check(network, tokens, expected, (samples, output) => network.Predict(samples, output), (samples, classes) => network.Classify(samples, classes));
        RoundTrips(network, PeerSentiment.Load, tokens, ["embedding", "lstm/lstm_cell", "dense"]);
    }

    [SharedFact("peers/models/mlp512.weights.safetensors")]
    public void DenseModels_GiveTheOutputsOfPyTorch()
    {
        CheckDense<PeerXor>("xor", PeerXor.Load, ["dense", "dense_1"]);
        CheckDense<PeerDense64>("dense64", PeerDense64.Load, ["dense"]);
        CheckDense<PeerCredit>("credit", PeerCredit.Load, ["dense", "dense_1", "dense_2"]);
        CheckDense<PeerMlp>("mlp", PeerMlp.Load, ["dense", "dense_1"]);
        CheckDense<PeerMlp512>("mlp512", PeerMlp512.Load, ["dense", "dense_1", "dense_2"]);
    }

    [SharedFact("peers/models/mlp512.weights.safetensors")]
    public void EveryModel_IsDeclaredHere() => Assert.Equal(
        ["cifar_cnn", "credit", "dense64", "mlp", "mlp512", "mnist_cnn", "sentiment", "xor"],
        Directory.GetFiles(Shared.PathOf("peers/models"), "*.onnx").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static void CheckDense<TNetwork>(string model, Func<Stream, WeightLoadOptions?, TNetwork> load, string[] kerasLayers)
        where TNetwork : INetwork<TNetwork>
    {
        SafetensorsFile file = Open(model);
        float[] inputs = file.Floats("x"), expected = file.Floats("y");
        TNetwork network = TNetwork.Create(3);
        LoadPyTorch(network, model);
        int length = TNetwork.Description.Inputs[0].Length, width = TNetwork.Description.Outputs[0].Length;
        Assert.Equal(inputs.Length / length * width, expected.Length);
        foreach (int count in new[] { 1, inputs.Length / length })
        {
            for (int first = 0; (first + count) * length <= inputs.Length; first += count)
            {
                float[] output = new float[count * width];
                network.Predict([inputs[(first * length)..((first + count) * length)]], [output]);
                Near($"{model}, {count} samples from {first}", expected.AsSpan(first * width, count * width), output);
            }
        }

        RoundTrips(network, load, inputs[..(Samples * length)], kerasLayers);
    }

    private static void Check<T>(INetwork network, T[] inputs, float[] expected, Action<T[], float[]> predict, Action<T[], int[]> classify)
    {
        int length = inputs.Length / Samples, width = expected.Length / Samples;
        Assert.Equal(length, network.Description.Inputs[0].Length);
        int[] wanted = [.. Enumerable.Range(0, Samples).Select(sample => Class(expected.AsSpan(sample * width, width)))];
        foreach (int count in new[] { 1, 3, Samples })
        {
            for (int first = 0; first + count <= Samples; first += count)
            {
                T[] some = inputs[(first * length)..((first + count) * length)];
                float[] output = new float[count * width];
                int[] classes = new int[count];
                predict(some, output);
                classify(some, classes);
                Near($"{count} samples from {first}", expected.AsSpan(first * width, count * width), output);
                Assert.Equal(wanted[first..(first + count)], classes);
            }
        }
    }

    private static void RoundTrips<TNetwork>(TNetwork network, Func<Stream, WeightLoadOptions?, TNetwork> load, Column inputs, string[] kerasLayers)
        where TNetwork : INetwork
    {
        using MemoryStream own = new();
        network.Save(own);
        own.Position = 0;
        Same(network, load(own, null), inputs);

        using MemoryStream keras = new(KerasFile(network, kerasLayers));
        Same(network, load(keras, new WeightLoadOptions { Convention = WeightConvention.Keras }), inputs);
    }

    // Equal weights through one program give equal bits, whatever file they came from.
    private static void Same(INetwork network, INetwork loaded, Column inputs)
    {
        float[] expected = new float[Samples * network.Description.Outputs[0].Length], actual = new float[expected.Length];
        network.Predict([inputs], [expected]);
        loaded.Predict([inputs], [actual]);
        Numbers.AssertSameBits("output of the loaded network", expected, actual);
        foreach ((WeightView ours, WeightView theirs) in network.Weights.Zip(loaded.Weights))
        {
            Numbers.AssertSameBits(ours.Name, ours.ToArray(), theirs.ToArray());
        }
    }

    // A file as Keras names it: our layers in order, each renamed, the weights' own words kept.
    private static byte[] KerasFile(INetwork network, string[] kerasLayers)
    {
        string[] layers = [.. network.Weights.Select(weight => weight.Name[..weight.Name.LastIndexOf('.')]).Distinct()];
        Assert.Equal(kerasLayers.Length, layers.Length);
        JsonObject header = [];
        List<byte> data = [];
        foreach (WeightView weight in network.Weights)
        {
            int point = weight.Name.LastIndexOf('.'), begin = data.Count;
            data.AddRange(MemoryMarshal.AsBytes<float>(weight.ToArray()));
            JsonArray shape = [.. weight.Shape.ToArray().Select(size => (JsonNode)size)];
            string name = $"{kerasLayers[Array.IndexOf(layers, weight.Name[..point])]}/{weight.Name[(point + 1)..]}";
            header[name] = new JsonObject { ["dtype"] = "F32", ["shape"] = shape, ["data_offsets"] = new JsonArray(begin, data.Count) };
        }

        byte[] text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    private static void LoadPyTorch(INetwork network, string model)
    {
        WeightLoadReport report = network.LoadWeights(Shared.PathOf($"peers/models/{model}.weights.safetensors"), new WeightLoadOptions { Convention = WeightConvention.PyTorch });
        Assert.Equal(network.Weights.Count, report.Loaded.Count);
        Assert.Empty(report.Unused);
    }

    private static SafetensorsFile Open(string model) => new(Shared.PathOf($"peers/models/{model}.io.safetensors"));

    private static float[] ChannelsLast(float[] images, int channels)
    {
        int length = images.Length / Samples, pixels = length / channels;
        return [.. Enumerable.Range(0, images.Length).Select(i => images[(i / length * length) + (i % channels * pixels) + (i % length / channels)])];
    }

    private static int Class(ReadOnlySpan<float> output) => output.Length == 1 ? output[0] > 0.5f ? 1 : 0 : output.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(output));

    private static void Near(string what, ReadOnlySpan<float> expected, float[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            Expect.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"{what}: output {i} is {actual[i]}, PyTorch's {expected[i]}.");
        }
    }
}
