using System.Text;
using NetCompiler.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Runtime;

public class WeightConventionTests(ITestOutputHelper output)
{
    [Fact]
    public void PyTorchFileOfThePeers_GivesTheirOutputs()
    {
        const double PeerTolerance = 1e-4;
        if (SharedFolder.Find("peers/models/mlp.weights.safetensors", output) is not string weights
            || SharedFolder.Find("peers/models/mlp.io.safetensors", output) is not string examples)
        {
            return;
        }

        FakeNetwork network = new(FakeNetwork.Dense("Mlp", 784, 128, 10));
        WeightLoadReport report = WeightFile.Load(network, weights, new WeightLoadOptions { Convention = WeightConvention.PyTorch });
        Assert.Equal(4, report.Loaded.Count);
        byte[] file = File.ReadAllBytes(examples);
        WeightFileContent content = SafetensorsReader.Read(file, examples);
        float[] x = content.Tensors.Single(tensor => tensor.Name == "x").Read(file), y = content.Tensors.Single(tensor => tensor.Name == "y").Read(file);
        for (int sample = 0; sample < 4; sample++)
        {
            double[] hidden = [.. Multiply(x.Skip(sample * 784).Take(784).Select(value => (double)value), network, "dense1").Select(value => Math.Max(0, value))];
            double[] logits = Multiply(hidden, network, "dense2");
            double[] exponentials = [.. logits.Select(value => Math.Exp(value - logits.Max()))];
            for (int i = 0; i < 10; i++)
            {
                Expect.True(Math.Abs((exponentials[i] / exponentials.Sum()) - y[(sample * 10) + i]) < PeerTolerance, $"sample {sample}, class {i}");
            }
        }
    }

    [Fact]
    public void PyTorchLayers_AreOrderedByTheirNumbersNotTheirLetters()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 2, 2, 2));
        byte[] file = WeightFileTests.Counting(("net.10.weight", [2, 2]), ("net.10.bias", [2]), ("net.9.weight", [2, 2]), ("net.9.bias", [2]));
        byte[] renamed = WeightFileTests.Counting(("body.weight", [2, 2]), ("body.bias", [2]), ("head.weight", [2, 2]), ("head.bias", [2]));
        float[] Marked(byte[] bytes, IReadOnlyDictionary<string, string>? renames = null)
        {
            // The last tensor of either file is the second layer's in one and the first's in the other; its first value becomes 7.
            byte[] copy = [.. bytes];
            BitConverter.GetBytes(7f).CopyTo(copy, copy.Length - 8);
            WeightFile.Load(network, copy, new WeightLoadOptions { Convention = WeightConvention.PyTorch, Renames = renames ?? new Dictionary<string, string>() });
            return network.Values();
        }

        Assert.Equal([0, 2, 1, 3, 7, 1, 0, 2, 1, 3, 0, 1], Marked(file));
        WeightFileException error = Assert.Throws<WeightFileException>(() => Marked(renamed));
        Assert.Contains("\"body.weight\" (2, 2) fits no weight", error.Message);
        Assert.Equal([0, 2, 1, 3, 0, 1, 0, 2, 1, 3, 7, 1], Marked(renamed, new Dictionary<string, string> { ["body"] = "dense1", ["head"] = "dense2" }));
    }

    [Fact]
    public void DenseAfterFlatten_IsPermutedFromChannelsFirst()
    {
        LayerDescription flatten = new("flatten1", "Flatten", [0], [12]);
        LayerDescription dropout = new("dropout1", "Dropout", [1], [12]);
        NetworkDescription description = new()
        {
            Name = "Image",
            Inputs = [new InputDescription("input", [2, 2, 3])],
            Layers = [flatten, dropout, FakeNetwork.DenseLayer("dense1", 2, 12, 2, Activation.Linear)],
            Outputs = [new OutputDescription("output", 3, [2])],
            ParameterCount = 26,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        FakeNetwork network = new(description);
        WeightFile.Load(network, WeightFileTests.Counting(("0.weight", [2, 12]), ("0.bias", [2])), new WeightLoadOptions { Convention = WeightConvention.PyTorch });
        WeightView kernel = network.Weights["dense1.kernel"];
        for (int position = 0; position < 4; position++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                for (int unit = 0; unit < 2; unit++)
                {
                    Assert.Equal((unit * 12) + (channel * 4) + position, kernel[(position * 3) + channel, unit]);
                }
            }
        }
    }

    [Fact]
    public void PyTorchDenseAfterFlattenWithoutChannels_IsOnlyTransposed()
    {
        NetworkDescription description = new()
        {
            Name = "Table",
            Inputs = [new InputDescription("input", [2, 3])],
            Layers = [new("flatten1", "Flatten", [0], [6]), FakeNetwork.DenseLayer("dense1", 1, 6, 2, Activation.Linear)],
            Outputs = [new OutputDescription("output", 2, [2])],
            ParameterCount = 14,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
        FakeNetwork network = new(description);
        WeightFile.Load(network, WeightFileTests.Counting(("0.weight", [2, 6]), ("0.bias", [2])), new WeightLoadOptions { Convention = WeightConvention.PyTorch });
        Assert.Equal([0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11], network.Weights["dense1.kernel"].ToArray());
    }

    [Theory]
    [InlineData("dense", "dense_1", "")]
    [InlineData("dense_4", "dense_10", "")]
    [InlineData("sequential/dense", "sequential/dense_1", "sequential/")]
    [InlineData("dense1", "dense2", "")]
    public void KerasPaths_AreNumberedFromNoSuffix(string first, string second, string prefix)
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2, 1));
        byte[] file = WeightFileTests.Counting(($"{second}/kernel", [2, 1]), ($"{second}/bias", [1]), ($"{first}/kernel", [3, 2]), ($"{first}/bias", [2]));
        WeightLoadReport report = WeightFile.Load(network, file, new WeightLoadOptions { Convention = WeightConvention.Keras, Prefix = prefix });
        Assert.Equal(4, report.Loaded.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 0, 1, 0], network.Values());
    }

    [Fact]
    public void KerasLayerRename_LeavesTheOthersNumbered()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2, 1));
        byte[] file = WeightFileTests.Counting(("head/kernel", [2, 1]), ("head/bias", [1]), ("dense/kernel", [3, 2]), ("dense/bias", [2]));
        WeightLoadOptions options = new() { Convention = WeightConvention.Keras, Renames = new Dictionary<string, string> { ["head"] = "dense2" } };
        Assert.Equal(4, WeightFile.Load(network, file, options).Loaded.Count);
    }

    [Theory]
    [InlineData("F64")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void OtherFloats_AreConverted(string type)
    {
        float[] values = [1.5f, -2, 0.25f, 96, -0.0078125f, 3];
        byte[] data = [.. values.SelectMany(value => type switch
        {
            "F64" => BitConverter.GetBytes((double)value),
            "F16" => BitConverter.GetBytes((Half)value),
            _ => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
        })];
        int size = data.Length / 6;
        byte[] header = Encoding.UTF8.GetBytes(
            $$"""
            {"dense1.kernel":{"dtype":"{{type}}","shape":[2,2],"data_offsets":[0,{{4 * size}}] },"dense1.bias":{"dtype":"{{type}}","shape":[2],"data_offsets":[{{4 * size}},{{6 * size}}] } }
            """);
        FakeNetwork network = new(FakeNetwork.Dense("Net", 2, 2));
        WeightFile.Load(network, [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
        Assert.Equal(values, network.Values());
    }

    private static double[] Multiply(IEnumerable<double> input, FakeNetwork network, string layer)
    {
        double[] x = [.. input];
        WeightView kernel = network.Weights[$"{layer}.kernel"];
        float[] w = kernel.ToArray(), b = network.Weights[$"{layer}.bias"].ToArray();
        return [.. b.Select((bias, unit) => bias + x.Select((value, i) => value * w[(i * b.Length) + unit]).Sum())];
    }
}
