using System.Runtime.InteropServices;
using NetCompiler.TestKit;
using NetCompiler.Tests.Runtime;
using Xunit;

namespace NetCompiler.Tests.WeightFiles;

/// <summary>The models that PyTorch wrote: with the weights as they are loaded, the definitions of the layers give its outputs.</summary>
public class PeerModelTests
{
    // Theirs are sums of up to 5,408 products in float32.
    private const double PeerTolerance = 1e-5;

    private static readonly WeightLoadOptions PyTorch = new() { Convention = WeightConvention.PyTorch };

    [SharedFact("peers/models/mnist_cnn.weights.safetensors")]
    public void MnistCnn_GivesTheirOutputs()
    {
        FakeNetwork network = Sketch.Network(
            [28, 28, 1],
            Sketch.Conv2D("conv2d1", [26, 26, 32], 3, 1),
            Sketch.Layer("max_pool2d1", "MaxPool2D", [13, 13, 32]),
            Sketch.Layer("flatten1", "Flatten", [5408]),
            Sketch.Dense("dense1", 5408, 128),
            Sketch.Dense("dense2", 128, 10));
        Compare(network, "mnist_cnn", x => Head(network, NaiveLayers.MaxPool(Conv(network, 1, ChannelsLast(x, 1, 28), 28), 26, 32)));
    }

    [SharedFact("peers/models/cifar_cnn.weights.safetensors")]
    public void CifarCnn_GivesTheirOutputs()
    {
        FakeNetwork network = Sketch.Network(
            [32, 32, 3],
            Sketch.Conv2D("conv2d1", [30, 30, 32], 3, 3),
            Sketch.Layer("max_pool2d1", "MaxPool2D", [15, 15, 32]),
            Sketch.Conv2D("conv2d2", [13, 13, 64], 3, 32),
            Sketch.Layer("max_pool2d2", "MaxPool2D", [6, 6, 64]),
            Sketch.Layer("flatten1", "Flatten", [2304]),
            Sketch.Dense("dense1", 2304, 128),
            Sketch.Dense("dense2", 128, 10));
        Compare(network, "cifar_cnn", x =>
        {
            double[] first = NaiveLayers.MaxPool(Conv(network, 1, ChannelsLast(x, 3, 32), 32), 30, 32);
            return Head(network, NaiveLayers.MaxPool(OddEdgeCut(Conv(network, 2, first, 15), 13, 64), 12, 64));
        });
    }

    [SharedFact("peers/models/sentiment.weights.safetensors")]
    public void Sentiment_GivesTheirOutputs()
    {
        FakeNetwork network = Sketch.Network(
            [100],
            Sketch.Layer("embedding1", "Embedding", [100, 128], ("embeddings", [10_000, 128])),
            Sketch.Recurrent("lstm1", "Lstm", 4, 128, 64),
            Sketch.Dense("dense1", 64, 1));
        Compare(network, "sentiment", tokens =>
        {
            float[] table = network.Weights["embedding1.embeddings"].ToArray();
            IEnumerable<double[]> steps = tokens.Select(token => table.Skip((int)token * 128).Take(128).Select(value => (double)value).ToArray());
            double[] state = NaiveLayers.Lstm(steps, network.Weights["lstm1.kernel"], network.Weights["lstm1.recurrent_kernel"], network.Weights["lstm1.bias"]);
            return [.. NaiveLayers.Dense(state, network.Weights["dense1.kernel"], network.Weights["dense1.bias"]).Select(NaiveLayers.Sigmoid)];
        });
    }

    private static void Compare(FakeNetwork network, string model, Func<double[], double[]> predict)
    {
        WeightLoadReport report = WeightFile.Load(network, Shared.PathOf($"peers/models/{model}.weights.safetensors"), PyTorch);
        Assert.Equal(network.Weights.Count, report.Loaded.Count);
        Assert.Empty(report.Unused);
        byte[] file = File.ReadAllBytes(Shared.PathOf($"peers/models/{model}.io.safetensors"));
        WeightFileContent content = SafetensorsReader.Read(file, model);
        FileTensor inputs = content.Tensors.Single(tensor => tensor.Name == "x"), outputs = content.Tensors.Single(tensor => tensor.Name == "y");
        double[] x = inputs.DataType == "I64"
            ? [.. MemoryMarshal.Cast<byte, long>(file.AsSpan(inputs.Start, inputs.ByteLength)).ToArray().Select(token => (double)token)]
            : [.. inputs.Read(file).Select(value => (double)value)];
        float[] y = outputs.Read(file);
        int samples = inputs.Shape[0];
        Assert.Equal(4, samples);
        for (int sample = 0; sample < samples; sample++)
        {
            double[] output = predict(x[(sample * x.Length / samples)..((sample + 1) * x.Length / samples)]);
            for (int i = 0; i < output.Length; i++)
            {
                Expect.True(Math.Abs(output[i] - y[(sample * output.Length) + i]) < PeerTolerance, $"{model}, sample {sample}, output {i}: {output[i]}, theirs {y[(sample * output.Length) + i]}");
            }
        }
    }

    private static double[] Conv(FakeNetwork network, int number, double[] x, int size) =>
        NaiveLayers.ConvRelu(x, size, network.Weights[$"conv2d{number}.kernel"], network.Weights[$"conv2d{number}.bias"]);

    private static double[] Head(FakeNetwork network, double[] flat)
    {
        double[] hidden = [.. NaiveLayers.Dense(flat, network.Weights["dense1.kernel"], network.Weights["dense1.bias"]).Select(value => Math.Max(0, value))];
        return NaiveLayers.Softmax(NaiveLayers.Dense(hidden, network.Weights["dense2.kernel"], network.Weights["dense2.bias"]));
    }

    private static double[] ChannelsLast(double[] image, int channels, int size) =>
        [.. Enumerable.Range(0, image.Length).Select(i => image[(i % channels * size * size) + (i / channels)])];

    // Pooling without padding leaves out the last row and column of an odd size.
    private static double[] OddEdgeCut(double[] x, int size, int channels) =>
        [.. Enumerable.Range(0, (size - 1) * (size - 1) * channels).Select(i => x[(((i / channels / (size - 1) * size) + (i / channels % (size - 1))) * channels) + (i % channels)])];
}
