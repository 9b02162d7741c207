using NetCompiler.Tests.Runtime;
using Xunit;

namespace NetCompiler.Tests.WeightFiles;

/// <summary>Each layer's weights under the paths of Keras's variables. The values of a file's tensors count from 0.</summary>
public class KerasLayerTests
{
    [Fact]
    public void ImageLayers_HaveTheirPaths()
    {
        FakeNetwork network = Sketch.Network(
            [8, 8, 3],
            Sketch.Conv2D("conv2d1", [8, 8, 4], 3, 3),
            Sketch.BatchNormalization("batch_normalization1", [8, 8, 4]),
            Sketch.Conv2D("conv2d2", [8, 8, 4], 1, 4),
            Sketch.BatchNormalization("batch_normalization2", [8, 8, 4]),
            Depthwise("depthwise_conv2d1", "DepthwiseConv2D", ("depthwise_kernel", [2, 2, 1, 8]), ("bias", [8])),
            Depthwise("separable_conv2d1", "SeparableConv2D", ("depthwise_kernel", [2, 2, 1, 16]), ("pointwise_kernel", [1, 1, 16, 5]), ("bias", [5])),
            Sketch.Layer("conv2d_transpose1", "Conv2DTranspose", [17, 17, 6], ("kernel", [3, 3, 6, 5]), ("bias", [6])),
            Sketch.Layer("rms_normalization1", "RmsNormalization", [17, 17, 6], ("gamma", [6])));
        WeightLoadReport report = Load(
            network,
            [
            ("conv2d_1/kernel", [1, 1, 4, 4]),
            ("conv2d_1/bias", [4]),
            ("conv2d/kernel", [3, 3, 3, 4]),
            ("conv2d/bias", [4]),
            .. new[] { "batch_normalization", "batch_normalization_1" }.SelectMany(name => new[] { "gamma", "beta", "moving_mean", "moving_variance" }.Select(word => ($"{name}/{word}", new[] { 4 }))),
            ("depthwise_conv2d/kernel", [2, 2, 4, 2]),
            ("depthwise_conv2d/bias", [8]),
            ("separable_conv2d/depthwise_kernel", [2, 2, 8, 2]),
            ("separable_conv2d/pointwise_kernel", [1, 1, 16, 5]),
            ("separable_conv2d/bias", [5]),
            ("conv2d_transpose/kernel", [3, 3, 6, 5]),
            ("conv2d_transpose/bias", [6]),
            ("rms_normalization/scale", [6]),
            ("dropout/seed_generator/seed_generator_state", [2])]);
        Assert.Equal(network.Weights.Count, report.Loaded.Count);
        Assert.Equal(["dropout/seed_generator/seed_generator_state"], report.Unused);
        Assert.Equal([.. Enumerable.Range(0, 32).Select(i => (float)i)], network.Weights["depthwise_conv2d1.depthwise_kernel"].ToArray());
    }

    [Fact]
    public void SequenceLayers_HaveTheirPaths()
    {
        FakeNetwork network = Sketch.Network(
            [9],
            Sketch.Layer("embedding1", "Embedding", [9, 3], ("embeddings", [7, 3])),
            Sketch.Layer("positional_embedding1", "PositionalEmbedding", [9, 3], ("embeddings", [9, 3])),
            Sketch.Recurrent("lstm1", "Lstm", 4, 3, 2, isBidirectional: true),
            Sketch.Recurrent("lstm2", "Lstm", 4, 4, 2),
            Sketch.Recurrent("gru1", "Gru", 3, 2, 2),
            Sketch.Attention("read1.multi_head_attention1", 2, 2, 3, 1),
            Sketch.Layer("layer_normalization1", "LayerNormalization", [9, 2], ("gamma", [2]), ("beta", [2])));
        WeightLoadReport report = Load(
            network,
            ("embedding/embeddings", [7, 3]),
            ("position_embedding/embeddings", [9, 3]),
            ("bidirectional/forward_lstm/lstm_cell/kernel", [3, 8]),
            ("bidirectional/forward_lstm/lstm_cell/recurrent_kernel", [2, 8]),
            ("bidirectional/forward_lstm/lstm_cell/bias", [8]),
            ("bidirectional/backward_lstm/lstm_cell/kernel", [3, 8]),
            ("bidirectional/backward_lstm/lstm_cell/recurrent_kernel", [2, 8]),
            ("bidirectional/backward_lstm/lstm_cell/bias", [8]),
            ("lstm_1/lstm_cell_1/kernel", [4, 8]),
            ("lstm_1/lstm_cell_1/recurrent_kernel", [2, 8]),
            ("lstm_1/lstm_cell_1/bias", [8]),
            ("gru/gru_cell/kernel", [2, 6]),
            ("gru/gru_cell/recurrent_kernel", [2, 6]),
            ("gru/gru_cell/bias", [2, 6]),
            ("multi_head_attention/query/kernel", [2, 2, 3]),
            ("multi_head_attention/query/bias", [2, 3]),
            ("multi_head_attention/key/kernel", [2, 2, 3]),
            ("multi_head_attention/key/bias", [2, 3]),
            ("multi_head_attention/value/kernel", [2, 2, 1]),
            ("multi_head_attention/value/bias", [2, 1]),
            ("multi_head_attention/attention_output/kernel", [2, 1, 2]),
            ("multi_head_attention/attention_output/bias", [2]),
            ("layer_normalization/gamma", [2]),
            ("layer_normalization/beta", [2]));
        Assert.Equal(network.Weights.Count, report.Loaded.Count);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => (float)i)], network.Weights["read1.multi_head_attention1.query_kernel"].ToArray());
    }

    [Fact]
    public void OtherSequenceLayers_HaveTheirPaths()
    {
        FakeNetwork network = Sketch.Network(
            [9, 4],
            Sketch.Layer("conv1d1", "Conv1D", [7, 6], ("kernel", [3, 4, 6]), ("bias", [6])),
            Sketch.Layer("group_normalization1", "GroupNormalization", [7, 6], ("gamma", [6]), ("beta", [6])),
            Sketch.Recurrent("gru1", "Gru", 3, 6, 2, isBidirectional: true),
            Sketch.Attention("multi_head_attention1", 4, 2, 3, 1, outputUnits: 5),
            Sketch.Recurrent("simple_rnn1", "SimpleRnn", 1, 5, 2));
        WeightLoadReport report = Load(
            network,
            ("conv1d/kernel", [3, 4, 6]),
            ("conv1d/bias", [6]),
            ("group_normalization/gamma", [6]),
            ("group_normalization/beta", [6]),
            ("bidirectional/forward_gru/gru_cell/kernel", [6, 6]),
            ("bidirectional/forward_gru/gru_cell/recurrent_kernel", [2, 6]),
            ("bidirectional/forward_gru/gru_cell/bias", [2, 6]),
            ("bidirectional/backward_gru/gru_cell/kernel", [6, 6]),
            ("bidirectional/backward_gru/gru_cell/recurrent_kernel", [2, 6]),
            ("bidirectional/backward_gru/gru_cell/bias", [2, 6]),
            ("multi_head_attention/query/kernel", [4, 2, 3]),
            ("multi_head_attention/query/bias", [2, 3]),
            ("multi_head_attention/key/kernel", [4, 2, 3]),
            ("multi_head_attention/key/bias", [2, 3]),
            ("multi_head_attention/value/kernel", [4, 2, 1]),
            ("multi_head_attention/value/bias", [2, 1]),
            ("multi_head_attention/attention_output/kernel", [2, 1, 5]),
            ("multi_head_attention/attention_output/bias", [5]),
            ("simple_rnn/simple_rnn_cell/kernel", [5, 2]),
            ("simple_rnn/simple_rnn_cell/recurrent_kernel", [2, 2]),
            ("simple_rnn/simple_rnn_cell/bias", [2]));
        Assert.Equal(network.Weights.Count, report.Loaded.Count);
        foreach (string name in new[] { "conv1d1.kernel", "gru1.backward.kernel", "gru1.forward.bias", "multi_head_attention1.output_kernel", "simple_rnn1.recurrent_kernel" })
        {
            Assert.Equal([.. Enumerable.Range(0, network.Weights[name].Length).Select(i => (float)i)], network.Weights[name].ToArray());
        }
    }

    [Fact]
    public void RenamedRecurrentLayer_KeepsItsCellOut()
    {
        FakeNetwork network = Sketch.Network([9, 3], Sketch.Recurrent("reader", "Lstm", 4, 3, 2));
        (string, int[])[] file = [("encoder/lstm_cell/kernel", [3, 8]), ("encoder/lstm_cell/recurrent_kernel", [2, 8]), ("encoder/lstm_cell/bias", [8])];
        WeightLoadOptions options = new() { Convention = WeightConvention.Keras, Renames = new Dictionary<string, string> { ["encoder"] = "reader" } };
        Assert.Equal(3, WeightFile.Load(network, WeightFileTests.Counting(file), options).Loaded.Count);
    }

    [Fact]
    public void MismatchesNameTheShapeThatKerasHas()
    {
        FakeNetwork network = Sketch.Network([9, 2], Sketch.Attention("multi_head_attention1", 2, 2, 3, 1), Sketch.Conv2D("conv2d1", [8, 8, 4], 3, 2));
        WeightFileException error = Assert.Throws<WeightFileException>(() => Load(
            network,
            ("multi_head_attention/query/kernel", [2, 6]),
            ("multi_head_attention/keys/kernel", [2, 2, 3]),
            ("conv2d/kernel", [4, 2, 3, 3]),
            ("conv2d/bias", [4])));
        Assert.Contains("multi_head_attention1.query_kernel (in the file \"multi_head_attention/query/kernel\") has the shape (2, 6) in the file, but needs (2, 2, 3); that is the shape here", error.Message);
        Assert.Contains("\"multi_head_attention/keys/kernel\" (2, 2, 3), read as multi_head_attention.keys.kernel, fits no weight; the nearest name here is multi_head_attention1.key_kernel", error.Message);
        Assert.Contains("conv2d1.kernel (in the file \"conv2d/kernel\") has the shape (4, 2, 3, 3) in the file, but needs (3, 3, 2, 4); it looks like channels first", error.Message);
    }

    private static LayerDescription Depthwise(string name, string kind, params (string, int[])[] weights) =>
        Sketch.Layer(name, kind, [7, 7, 8], weights) with { Options = new Dictionary<string, object> { ["DepthMultiplier"] = 2 } };

    private static WeightLoadReport Load(FakeNetwork network, params (string Name, int[] Shape)[] tensors) =>
        WeightFile.Load(network, WeightFileTests.Counting(tensors), new WeightLoadOptions { Convention = WeightConvention.Keras });
}
