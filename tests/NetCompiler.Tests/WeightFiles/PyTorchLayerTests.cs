using NetCompiler.Tests.Runtime;
using Xunit;

namespace NetCompiler.Tests.WeightFiles;

/// <summary>Each layer's weights from PyTorch's layouts. The values of a file's tensors count from 0, so that a value tells its place there.</summary>
public class PyTorchLayerTests
{
    [Fact]
    public void Conv2D_MovesOutputsBehindSpaceAndInputs()
    {
        FakeNetwork network = Sketch.Network([8, 8, 4], Sketch.Layer("conv2d1", "Conv2D", [6, 7, 6], ("kernel", [3, 2, 2, 6]), ("bias", [6])));
        Load(network, ("0.weight", [6, 2, 3, 2]), ("0.bias", [6]));
        WeightView kernel = network.Weights["conv2d1.kernel"];
        ForEach(kernel, (index, value) => Assert.Equal((((((index[3] * 2) + index[2]) * 3) + index[0]) * 2) + index[1], value));
    }

    [Fact]
    public void Conv1D_MovesOutputsBehindTimeAndInputs()
    {
        FakeNetwork network = Sketch.Network([9, 4], Sketch.Layer("conv1d1", "Conv1D", [7, 5], ("kernel", [3, 4, 5]), ("bias", [5])));
        Load(network, ("conv.weight", [5, 4, 3]), ("conv.bias", [5]));
        ForEach(network.Weights["conv1d1.kernel"], (index, value) => Assert.Equal((((index[2] * 4) + index[1]) * 3) + index[0], value));
    }

    [Fact]
    public void Conv2DTranspose_HasInputsFirstThere()
    {
        FakeNetwork network = Sketch.Network([8, 8, 4], Sketch.Layer("conv2d_transpose1", "Conv2DTranspose", [17, 16, 6], ("kernel", [3, 2, 6, 4]), ("bias", [6])));
        Load(network, ("up.weight", [4, 6, 3, 2]), ("up.bias", [6]));
        ForEach(network.Weights["conv2d_transpose1.kernel"], (index, value) => Assert.Equal((((((index[3] * 6) + index[2]) * 3) + index[0]) * 2) + index[1], value));
    }

    [Fact]
    public void SeparableConv2D_IsTwoConvolutionsOfOneModule()
    {
        FakeNetwork network = Sketch.Network(
            [8, 8, 3],
            Sketch.Layer("depthwise_conv2d1", "DepthwiseConv2D", [7, 7, 6], ("depthwise_kernel", [2, 2, 1, 6]), ("bias", [6])),
            Sketch.Layer("separable_conv2d1", "SeparableConv2D", [6, 6, 5], ("depthwise_kernel", [2, 2, 1, 6]), ("pointwise_kernel", [1, 1, 6, 5]), ("bias", [5])));
        (string, int[])[] file = [("a.weight", [6, 1, 2, 2]), ("a.bias", [6]), ("b.depthwise.weight", [6, 1, 2, 2]), ("b.pointwise.weight", [5, 6, 1, 1]), ("b.pointwise.bias", [5])];
        WeightFile.Load(network, WeightFileTests.Counting(file), PyTorch(("a", "depthwise_conv2d1"), ("b", "separable_conv2d1")));
        ForEach(network.Weights["depthwise_conv2d1.depthwise_kernel"], (index, value) => Assert.Equal((((index[3] * 2) + index[0]) * 2) + index[1], value));
        ForEach(network.Weights["separable_conv2d1.depthwise_kernel"], (index, value) => Assert.Equal((((index[3] * 2) + index[0]) * 2) + index[1], value));
        ForEach(network.Weights["separable_conv2d1.pointwise_kernel"], (index, value) => Assert.Equal((index[3] * 6) + index[2], value));
    }

    [Fact]
    public void BatchNormalization_LeavesItsCounterOut()
    {
        FakeNetwork network = Sketch.Network([8, 8, 3], Sketch.Conv2D("conv2d1", [8, 8, 3], 1, 3), Sketch.BatchNormalization("batch_normalization1", [8, 8, 3]));
        WeightLoadReport report = Load(
            network, ("0.weight", [3, 3, 1, 1]), ("0.bias", [3]), ("1.weight", [3]), ("1.bias", [3]), ("1.running_mean", [3]), ("1.running_var", [3]), ("1.num_batches_tracked", []));
        Assert.Equal(6, report.Loaded.Count);
        Assert.Equal(["1.num_batches_tracked"], report.Unused);
        Assert.Equal([0, 1, 2], network.Weights["batch_normalization1.moving_variance"].ToArray());
    }

    [Fact]
    public void GroupAndRmsNormalization_HaveAWeightAndABiasOrAWeightAlone()
    {
        FakeNetwork network = Sketch.Network(
            [8, 8, 4],
            Sketch.Layer("group_normalization1", "GroupNormalization", [8, 8, 4], ("gamma", [4]), ("beta", [4])),
            Sketch.Layer("rms_normalization1", "RmsNormalization", [8, 8, 4], ("gamma", [4])));
        WeightFile.Load(network, WeightFileTests.Counting(("a.weight", [4]), ("a.bias", [4]), ("b.weight", [4])), PyTorch(("a", "group_normalization1"), ("b", "rms_normalization1")));
        foreach (WeightView view in network.Weights)
        {
            Assert.Equal([0, 1, 2, 3], view.ToArray());
        }
    }

    [Fact]
    public void PositionalEmbedding_IsAnEmbeddingOfThePlaces()
    {
        FakeNetwork network = Sketch.Network(
            [9],
            Sketch.Layer("embedding1", "Embedding", [9, 3], ("embeddings", [7, 3])),
            Sketch.Layer("positional_embedding1", "PositionalEmbedding", [9, 3], ("embeddings", [9, 3])));
        WeightFile.Load(network, WeightFileTests.Counting(("words.weight", [7, 3]), ("places.weight", [9, 3])), PyTorch(("words", "embedding1"), ("places", "positional_embedding1")));
        Assert.Equal([.. Enumerable.Range(0, 27).Select(i => (float)i)], network.Weights["positional_embedding1.embeddings"].ToArray());
    }

    [Fact]
    public void WhatFollowsAFlattenedImage_IsPermutedUpToTheFirstDense()
    {
        // (2, 2, 3) flattened: place p, channel c is 3 p + c here and 4 c + p there.
        FakeNetwork network = Sketch.Network(
            [2, 2, 3],
            Sketch.Layer("flatten1", "Flatten", [12]),
            Sketch.BatchNormalization("batch_normalization1", [12]),
            Sketch.Layer("relu1", "Relu", [12]),
            Sketch.Dense("dense1", 12, 12),
            Sketch.Dense("dense2", 12, 2));
        Load(
            network, ("1.weight", [12]), ("1.bias", [12]), ("1.running_mean", [12]), ("1.running_var", [12]), ("2.weight", [12, 12]), ("2.bias", [12]), ("3.weight", [2, 12]), ("3.bias", [2]));
        static int Theirs(int ours) => (ours % 3 * 4) + (ours / 3);
        ForEach(network.Weights["batch_normalization1.moving_mean"], (index, value) => Assert.Equal(Theirs(index[0]), value));
        ForEach(network.Weights["batch_normalization1.gamma"], (index, value) => Assert.Equal(Theirs(index[0]), value));
        ForEach(network.Weights["dense1.kernel"], (index, value) => Assert.Equal((index[1] * 12) + Theirs(index[0]), value));
        ForEach(network.Weights["dense1.bias"], (index, value) => Assert.Equal(index[0], value));
        ForEach(network.Weights["dense2.kernel"], (index, value) => Assert.Equal((index[1] * 12) + index[0], value));
    }

    [Theory]
    [InlineData("MaxPool1D", true)]
    [InlineData("Lstm", false)]
    [InlineData("Reshape", false)]
    public void FlattenedSequence_IsPermutedOnlyWhereItsChannelsComeFirstThere(string before, bool isPermuted)
    {
        FakeNetwork network = Sketch.Network(
            [4, 3], Sketch.Layer("before1", before, [4, 3]), Sketch.Layer("dropout1", "Dropout", [4, 3]), Sketch.Layer("flatten1", "Flatten", [12]), Sketch.Dense("dense1", 12, 2));
        Load(network, ("0.weight", [2, 12]), ("0.bias", [2]));
        ForEach(network.Weights["dense1.kernel"], (index, value) => Assert.Equal((index[1] * 12) + (isPermuted ? (index[0] % 3 * 4) + (index[0] / 3) : index[0]), value));
    }

    [Fact]
    public void Lstm_SumsItsBiasesAndKeepsTheOrderOfGates()
    {
        FakeNetwork network = Sketch.Network([5, 3], Sketch.Recurrent("lstm1", "Lstm", 4, 3, 2));
        Load(network, ("rnn.weight_ih_l0", [8, 3]), ("rnn.weight_hh_l0", [8, 2]), ("rnn.bias_ih_l0", [8]), ("rnn.bias_hh_l0", [8]));
        ForEach(network.Weights["lstm1.kernel"], (index, value) => Assert.Equal((index[1] * 3) + index[0], value));
        ForEach(network.Weights["lstm1.recurrent_kernel"], (index, value) => Assert.Equal((index[1] * 2) + index[0], value));
        Assert.Equal([0, 2, 4, 6, 8, 10, 12, 14], network.Weights["lstm1.bias"].ToArray());
    }

    [Fact]
    public void Gru_HasItsGatesReorderedAndBothBiases()
    {
        FakeNetwork network = Sketch.Network([5, 3], Sketch.Recurrent("gru1", "Gru", 3, 3, 2));
        Load(network, ("gru.weight_ih_l0", [6, 3]), ("gru.weight_hh_l0", [6, 2]), ("gru.bias_ih_l0", [6]), ("gru.bias_hh_l0", [6]));

        // Ours z r h, theirs r z n.
        int[] theirs = [2, 3, 0, 1, 4, 5];
        ForEach(network.Weights["gru1.kernel"], (index, value) => Assert.Equal((theirs[index[1]] * 3) + index[0], value));
        ForEach(network.Weights["gru1.recurrent_kernel"], (index, value) => Assert.Equal((theirs[index[1]] * 2) + index[0], value));
        ForEach(network.Weights["gru1.bias"], (index, value) => Assert.Equal(theirs[index[1]], value));
    }

    [Fact]
    public void StackedBidirectionalModule_IsSuccessiveLayers()
    {
        LayerDescription[] layers = [Sketch.Recurrent("simple_rnn1", "SimpleRnn", 1, 3, 2, isBidirectional: true), Sketch.Recurrent("simple_rnn2", "SimpleRnn", 1, 4, 2, isBidirectional: true)];
        (string, int[])[] file = [.. new[] { "_l0", "_l0_reverse", "_l1", "_l1_reverse" }.SelectMany(end => new (string, int[])[]
        {
            ($"rnn.weight_ih{end}", [2, end.StartsWith("_l0", StringComparison.Ordinal) ? 3 : 4]), ($"rnn.weight_hh{end}", [2, 2]), ($"rnn.bias_ih{end}", [2]), ($"rnn.bias_hh{end}", [2]),
        })];
        foreach (WeightLoadOptions options in new[] { PyTorch(), PyTorch(("rnn", "simple_rnn1")) })
        {
            FakeNetwork network = Sketch.Network([5, 3], layers);
            Assert.Equal(12, WeightFile.Load(network, WeightFileTests.Counting(file), options).Loaded.Count);
            Assert.Equal([0, 4, 1, 5, 2, 6, 3, 7], network.Weights["simple_rnn2.backward.kernel"].ToArray());
            Assert.Equal([0, 3, 1, 4, 2, 5], network.Weights["simple_rnn1.backward.kernel"].ToArray());
            Assert.Equal([0, 2], network.Weights["simple_rnn2.forward.bias"].ToArray());
        }
    }

    [Fact]
    public void Attention_IsCutOutOfOneMatrix()
    {
        FakeNetwork network = Sketch.Network([5, 4], Sketch.Attention("multi_head_attention1", 4, 2, 2, 2));
        Load(network, ("attn.in_proj_weight", [12, 4]), ("attn.in_proj_bias", [12]), ("attn.out_proj.weight", [4, 4]), ("attn.out_proj.bias", [4]));
        ForEach(network.Weights["multi_head_attention1.query_kernel"], (index, value) => Assert.Equal((index[1] * 4) + index[0], value));
        ForEach(network.Weights["multi_head_attention1.key_kernel"], (index, value) => Assert.Equal(((4 + index[1]) * 4) + index[0], value));
        ForEach(network.Weights["multi_head_attention1.value_kernel"], (index, value) => Assert.Equal(((8 + index[1]) * 4) + index[0], value));
        ForEach(network.Weights["multi_head_attention1.output_kernel"], (index, value) => Assert.Equal((index[1] * 4) + index[0], value));
        Assert.Equal([4, 5, 6, 7], network.Weights["multi_head_attention1.key_bias"].ToArray());
    }

    [Fact]
    public void AttentionOfOtherKeySizes_HasThreeMatrices()
    {
        LayerDescription layer = Sketch.Attention("multi_head_attention1", 4, 2, 2, 2);
        FakeNetwork network = Sketch.Network([5, 4], layer with
        {
            Weights = [.. layer.Weights.Select(weight => weight.Name.EndsWith("key_kernel", StringComparison.Ordinal) || weight.Name.EndsWith("value_kernel", StringComparison.Ordinal) ? weight with { Shape = [3, 4] } : weight)],
        });
        (string, int[])[] file =
        [
            ("attn.q_proj_weight", [4, 4]), ("attn.k_proj_weight", [4, 3]), ("attn.v_proj_weight", [4, 3]), ("attn.in_proj_bias", [12]), ("attn.out_proj.weight", [4, 4]), ("attn.out_proj.bias", [4]),
        ];
        Assert.Equal(8, WeightFile.Load(network, WeightFileTests.Counting(file), PyTorch(("attn", "multi_head_attention1"))).Loaded.Count);
        ForEach(network.Weights["multi_head_attention1.value_kernel"], (index, value) => Assert.Equal((index[1] * 3) + index[0], value));
    }

    [Fact]
    public void ModulesOfOneKind_ArePairedAmongThemselves()
    {
        FakeNetwork network = Sketch.Network(
            [9, 4],
            Sketch.Layer("embedding1", "Embedding", [5, 4], ("embeddings", [7, 4])),
            Sketch.Layer("layer_normalization1", "LayerNormalization", [5, 4], ("gamma", [4]), ("beta", [4])),
            Sketch.Dense("dense1", 4, 3),
            Sketch.Dense("dense2", 3, 2),
            Sketch.Layer("scale", "Parameter", [1]) with { Weights = [new WeightDescription("scale", [1], Initializer.Zeros)] });
        WeightLoadReport report = Load(
            network, ("fc2.weight", [2, 3]), ("fc2.bias", [2]), ("fc1.weight", [3, 4]), ("fc1.bias", [3]), ("norm.weight", [4]), ("norm.bias", [4]), ("words.weight", [7, 4]), ("scale", [1]));
        Assert.Equal(8, report.Loaded.Count);
        Assert.Equal([.. Enumerable.Range(0, 28).Select(i => (float)i)], network.Weights["embedding1.embeddings"].ToArray());
    }

    [Fact]
    public void EveryMismatch_IsListedAndNothingChanges()
    {
        FakeNetwork network = Sketch.Network(
            [9, 9, 3], Sketch.Conv2D("conv2d1", [7, 7, 4], 3, 3), Sketch.Recurrent("lstm1", "Lstm", 4, 3, 2), Sketch.Attention("multi_head_attention1", 4, 2, 2, 2)).Scramble(1);
        float[] before = network.Values();
        WeightFileException error = Assert.Throws<WeightFileException>(() => Load(
            network,
            ("conv.weight", [3, 3, 3, 4]),
            ("conv.bias", [4]),
            ("lstm.weight_ih_l0", [8, 3]),
            ("lstm.weight_hh_l0", [8, 2]),
            ("lstm.bias_ih_l0", [8]),
            ("lstm.bias_hh_l1", [8]),
            ("attn.in_proj_weight", [11, 4]),
            ("attn.in_proj_bias", [12]),
            ("attn.out_proj.weight", [4, 4]),
            ("attn.out_proj.bias", [4])));
        Assert.Contains("conv2d1.kernel (in the file \"conv.weight\") has the shape (3, 3, 3, 4) in the file, but needs (4, 3, 3, 3); that is the shape here: WeightConvention.NetCompiler reads it", error.Message);
        Assert.Contains("multi_head_attention1.key_kernel (in the file \"attn.in_proj_weight\") has the shape (11, 4) in the file, but needs (12, 4)", error.Message);
        Assert.Contains("\"lstm.bias_hh_l1\" (8)", error.Message);
        Assert.Equal(before, network.Values());
    }

    [Fact]
    public void MissingHalfOfASum_IsNamed()
    {
        FakeNetwork network = Sketch.Network([5, 3], Sketch.Recurrent("lstm1", "Lstm", 4, 3, 2));
        (string, int[])[] file = [("rnn.weight_ih_l0", [8, 3]), ("rnn.weight_hh_l0", [8, 2]), ("rnn.bias_ih_l0", [8])];
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, WeightFileTests.Counting(file), PyTorch(("rnn", "lstm1"))));
        Assert.Equal("lstm1.bias (8) is not in the file; it is the sum of lstm1.bias_ih_l0 and lstm1.bias_hh_l0, and lstm1.bias_hh_l0 is missing", Assert.Single(error.Mismatches));
    }

    [Fact]
    public void GruThatResetsBefore_IsRefused()
    {
        LayerDescription layer = Sketch.Recurrent("gru1", "Gru", 3, 3, 2);
        FakeNetwork network = Sketch.Network([5, 3], layer with { Weights = [.. layer.Weights.Take(2), new WeightDescription("gru1.bias", [6], Initializer.Zeros)] });
        WeightFileException error = Assert.Throws<WeightFileException>(
            () => Load(network, ("gru.weight_ih_l0", [6, 3]), ("gru.weight_hh_l0", [6, 2]), ("gru.bias_ih_l0", [6]), ("gru.bias_hh_l0", [6])));
        Assert.Contains("gru1.bias (6) cannot be read: PyTorch's GRU applies the reset gate after the product and so has two biases: declare the layer with ResetAfter = true", Assert.Single(error.Mismatches));
    }

    private static WeightLoadOptions PyTorch(params (string From, string To)[] renames) =>
        new() { Convention = WeightConvention.PyTorch, Renames = renames.ToDictionary(rename => rename.From, rename => rename.To) };

    private static WeightLoadReport Load(FakeNetwork network, params (string Name, int[] Shape)[] tensors) => WeightFile.Load(network, WeightFileTests.Counting(tensors), PyTorch());

    private static void ForEach(WeightView weight, Action<int[], float> check)
    {
        int[] index = new int[weight.Shape.Length];
        float[] values = weight.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            for (int axis = index.Length - 1, rest = i; axis >= 0; axis--)
            {
                (rest, index[axis]) = Math.DivRem(rest, weight.Shape[axis]);
            }

            check(index, values[i]);
        }
    }
}
