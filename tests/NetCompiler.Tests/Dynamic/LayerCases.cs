namespace NetCompiler.Tests.Dynamic;

/// <summary>Every layer with every option that changes what it computes, at awkward sizes.</summary>
internal static class LayerCases
{
    private const int T = 5;

    /// <summary>All cases.</summary>
    public static IReadOnlyList<LayerCase> All { get; } = [.. Convolutions(), .. Pools(), .. Movements(), .. Normalizations(), .. Recurrences(), .. Attentions(), .. Merges(), .. Others()];

    private static IEnumerable<LayerCase> Convolutions()
    {
        (string, object) tanh = ("Activation", Activation.Tanh), same = ("Padding", Padding.Same);
        yield return Conv("Conv1D", [7, 3], [5, 4], [3, 3, 4], tanh);
        yield return Conv("Conv1D", [7, 3], [4, 17], [3, 3, 17], same, ("Strides", 2));
        yield return Conv("Conv1D", [7, 3], [7, 4], [3, 3, 4], ("Padding", Padding.Causal), ("Dilation", 2));
        yield return Conv("Conv1D", [7, 3], [3, 4], [2, 3, 4], ("Padding", Padding.Causal), ("Strides", 3));
        yield return Conv("Conv1D", [6, 4], [6, 6], [4, 2, 6], same, ("Groups", 2));
        yield return Conv("Conv1D", [1, 1], [1, 1], [1, 1, 1]);
        yield return Conv("Conv2D", [5, 6, 3], [3, 6, 4], [3, 2, 3, 4], same, ("Strides", 1), ("StrideHeight", 2), tanh);
        yield return Conv("Conv2D", [7, 4, 2], [3, 2, 3], [3, 3, 2, 3], ("DilationHeight", 2), ("Dilation", 1));
        yield return Conv("Conv2D", [5, 5, 2], [5, 5, 3], [3, 3, 2, 3], same, ("Dilation", 2));
        yield return Conv("Conv2D", [4, 5, 3], [2, 3, 6], [3, 3, 1, 6], ("Groups", 3));
        yield return Conv("Conv2D", [4, 5, 3], [4, 5, 3], [3, 3, 1, 3], same, ("Groups", 3));
        yield return Conv("Conv2D", [3, 2, 9], [3, 2, 17], [1, 1, 9, 17]);
        yield return Conv("Conv2D", [5, 5, 2], [3, 3, 3], [1, 1, 2, 3], ("Strides", 2));
        yield return Conv("Conv2D", [4, 4, 2], [2, 2, 3], [3, 3, 2, 3]) with { Weights = [("kernel", [3, 3, 2, 3])] };
        yield return Depthwise("DepthwiseConv2D", [5, 4, 3], [3, 2, 3], 3, tanh);
        yield return Depthwise("DepthwiseConv2D", [5, 4, 3], [3, 2, 6], 6, same, ("Strides", 2), ("DepthMultiplier", 2));
        yield return Depthwise("DepthwiseConv2D", [5, 5, 2], [1, 1, 2], 2, ("Dilation", 2));
        yield return new LayerCase("SeparableConv2D", [4, 5, 3], [4, 5, 4])
        {
            Options = [same, ("DepthMultiplier", 2), tanh],
            Weights = [("depthwise_kernel", [3, 3, 1, 6]), ("pointwise_kernel", [1, 1, 6, 4]), ("bias", [4])],
        };
        yield return Conv("Conv2DTranspose", [3, 2, 2], [7, 5, 3], [3, 3, 3, 2], ("Strides", 2), tanh) with { Weights = [("kernel", [3, 3, 3, 2]), ("bias", [3])] };
        yield return Conv("Conv2DTranspose", [3, 2, 2], [6, 2, 3], [3, 3, 3, 2], same, ("StrideHeight", 2)) with { Weights = [("kernel", [3, 3, 3, 2]), ("bias", [3])] };
        yield return Conv("Conv2DTranspose", [2, 2, 2], [6, 6, 3], [2, 2, 3, 2], same, ("Strides", 3)) with { Weights = [("kernel", [2, 2, 3, 2]), ("bias", [3])] };
        yield return Conv("Conv2DTranspose", [2, 2, 2], [5, 5, 3], [2, 2, 3, 2], ("Strides", 3)) with { Weights = [("kernel", [2, 2, 3, 2])] };
        yield return Conv("Conv2DTranspose", [3, 2, 2], [9, 7, 3], [3, 3, 3, 2], ("Strides", 2), ("Dilation", 2)) with { Weights = [("kernel", [3, 3, 3, 2]), ("bias", [3])] };
        yield return Conv("Conv2DTranspose", [3, 2, 2], [6, 4, 3], [3, 3, 3, 2], same, ("Strides", 2), ("OutputPadding", 1)) with { Weights = [("kernel", [3, 3, 3, 2]), ("bias", [3])] };
        yield return Conv("Conv2DTranspose", [2, 2, 2], [6, 6, 3], [2, 2, 3, 2], ("Strides", 3)) with { Weights = [("kernel", [2, 2, 3, 2]), ("bias", [3])] };
    }

    private static IEnumerable<LayerCase> Pools()
    {
        (string, object) same = ("Padding", Padding.Same);
        foreach (string kind in (string[])["MaxPool", "AveragePool"])
        {
            yield return new LayerCase(kind + "1D", [7, 3], [3, 3]);
            yield return new LayerCase(kind + "1D", [7, 3], [4, 3]) { Options = [("PoolSize", 3), ("Strides", 2), same] };
            yield return new LayerCase(kind + "2D", [5, 6, 3], [2, 3, 3]);
            yield return new LayerCase(kind + "2D", [5, 6, 9], [5, 6, 9]) { Options = [("PoolSize", 3), ("Strides", 1), same] };
            yield return new LayerCase(kind + "2D", [5, 6, 2], [2, 5, 2]) { Options = [("PoolHeight", 3), ("StrideWidth", 1), ("StrideHeight", 2)] };
        }

        foreach (string kind in (string[])["GlobalMaxPool", "GlobalAveragePool"])
        {
            yield return new LayerCase(kind + "1D", [7, 3], [3]);
            yield return new LayerCase(kind + "1D", [T, 3], [3]) { IsMasked = true };
            yield return new LayerCase(kind + "2D", [3, 4, 2], [2]);
        }
    }

    private static IEnumerable<LayerCase> Movements()
    {
        yield return new LayerCase("UpSampling1D", [3, 2], [9, 2]) { Options = [("Size", 3)] };
        yield return new LayerCase("UpSampling2D", [2, 3, 2], [4, 9, 2]) { Options = [("SizeWidth", 3)] };
        yield return new LayerCase("UpSampling2D", [2, 3, 2], [4, 9, 2]) { Options = [("SizeWidth", 3), ("Interpolation", Interpolation.Bilinear)] };
        yield return new LayerCase("ZeroPadding1D", [3, 2], [7, 2]) { Options = [("Padding", 1), ("After", 3)] };
        yield return new LayerCase("ZeroPadding2D", [2, 3, 2], [6, 5, 2]) { Options = [("Padding", 2), ("Left", 0)] };
        yield return new LayerCase("Cropping1D", [5, 2], [2, 2]) { Options = [("After", 2)] };
        yield return new LayerCase("Cropping2D", [4, 5, 2], [2, 2, 2]) { Options = [("Left", 2)] };
        yield return new LayerCase("Permute", [2, 3, 4], [4, 2, 3]) { Options = [("Order", (int[])[2, 0, 1])] };
        yield return new LayerCase("Permute", [2, 3, 4], [3, 2, 4]) { Options = [("Order", (int[])[1, 0, 2])] };
        yield return new LayerCase("RepeatVector", [3], [4, 3]) { Options = [("Times", 4)] };
        yield return new LayerCase("Slice", [5, 3], [2, 3]) { Options = [("Axis", 0), ("Start", 2), ("Length", 2)] };
        yield return new LayerCase("Slice", [T, 3], [3, 3]) { Options = [("Axis", 0), ("Start", 1), ("Length", 3)], IsMasked = true };
        yield return new LayerCase("Slice", [5, 3], [5, 2]) { Options = [("Axis", -1), ("Start", 1), ("Length", 2)] };
        yield return new LayerCase("Reshape", [4, 3], [2, 6]);
        yield return new LayerCase("Flatten", [4, 3], [12]);
    }

    private static IEnumerable<LayerCase> Normalizations()
    {
        foreach (int[] shape in (int[][])[[7], [T, 3], [3, 2, 9]])
        {
            (string, int[])[] both = [("gamma", [shape[^1]]), ("beta", [shape[^1]])], moving = [("moving_mean", [shape[^1]]), ("moving_variance", [shape[^1]])];
            yield return new LayerCase("BatchNormalization", shape, shape) { Weights = [.. both, .. moving], Options = [("Epsilon", 0.05)] };
            yield return new LayerCase("LayerNormalization", shape, shape) { Weights = both, Options = [("Epsilon", 0.05)] };
            yield return new LayerCase("RmsNormalization", shape, shape) { Weights = [both[0]] };
        }

        yield return new LayerCase("BatchNormalization", [7], [7]) { Weights = [("gamma", [7]), ("moving_mean", [7]), ("moving_variance", [7])], Options = [("Center", false)] };
        yield return new LayerCase("BatchNormalization", [7], [7]) { Weights = [("beta", [7]), ("moving_mean", [7]), ("moving_variance", [7])], Options = [("Scale", false)] };
        yield return new LayerCase("LayerNormalization", [7], [7]) { Options = [("Center", false), ("Scale", false)] };
        yield return new LayerCase("LayerNormalization", [T, 3], [T, 3]) { Weights = [("gamma", [3]), ("beta", [3])], IsMasked = true };
        yield return new LayerCase("GroupNormalization", [6], [6]) { Weights = [("gamma", [6]), ("beta", [6])], Options = [("Groups", 2)] };
        yield return new LayerCase("GroupNormalization", [3, 2, 6], [3, 2, 6]) { Weights = [("gamma", [6]), ("beta", [6])], Options = [("Groups", 3)] };
        yield return new LayerCase("GroupNormalization", [4, 6], [4, 6]) { Weights = [("gamma", [6])], Options = [("Groups", 1), ("Center", false)] };
    }

    private static IEnumerable<LayerCase> Recurrences()
    {
        const int units = 3, features = 2;
        foreach ((string kind, int gates, int[] bias, (string, object)[] fixedOptions) in ((string, int, int[], (string, object)[])[])
        [
            ("SimpleRnn", 1, [units], []),
            ("Lstm", 4, [4 * units], []),
            ("Gru", 3, [2, 3 * units], []),
            ("Gru", 3, [3 * units], [("ResetAfter", false)]),
        ])
        {
            (string, int[])[] weights = [("kernel", [features, gates * units]), ("recurrent_kernel", [units, gates * units]), ("bias", bias)];
            (string, object) sequences = ("ReturnSequences", true), backwards = ("GoBackwards", true), both = ("Bidirectional", true);
            (string, int[])[] halves = [.. weights.Select(weight => ("forward." + weight.Item1, weight.Item2)), .. weights.Select(weight => ("backward." + weight.Item1, weight.Item2))];
            foreach (bool isMasked in (bool[])[false, true])
            {
                yield return Of([units], weights);
                yield return Of([T, units], weights, sequences);
                yield return Of([units], weights, backwards);
                yield return Of([T, units], weights, backwards, sequences);
                yield return Of([2 * units], halves, both);
                yield return Of([T, 2 * units], halves, both, sequences);

                LayerCase Of(int[] output, (string, int[])[] used, params (string, object)[] options) =>
                    new(kind, [T, features], output) { Weights = used, Options = [.. fixedOptions, .. options], IsMasked = isMasked };
            }

            yield return new LayerCase(kind, [T, features], [units]) { Weights = weights[..2], Options = [.. fixedOptions, ("UseBias", false)] };
            yield return new LayerCase(kind, [T, features], [units]) { Weights = weights, Options = [.. fixedOptions, ("Activation", Activation.Softsign), ("RecurrentActivation", Activation.HardSigmoid)] };
            yield return new LayerCase(kind, [T, features], [T, units]) { Weights = weights, Options = [.. fixedOptions, sequences, ("Dropout", 0.3), ("RecurrentDropout", 0.4)] };
            yield return new LayerCase(kind, [T, features], [2 * units]) { Weights = halves, Options = [.. fixedOptions, both, ("Dropout", 0.3), ("RecurrentDropout", 0.4)] };
        }
    }

    private static IEnumerable<LayerCase> Attentions()
    {
        foreach (bool isMasked in (bool[])[false, true])
        {
            yield return Attention(4, 4, isMasked, ("Heads", 2));
            yield return Attention(4, 4, isMasked, ("Heads", 2), ("Causal", true));
            yield return Attention(3, 6, isMasked, ("Heads", 3), ("KeyUnits", 1), ("ValueUnits", 2));
            yield return Attention(4, 4, isMasked, ("Heads", 1)) with { Operands = 2 };
        }

        yield return Attention(4, 4, false, ("Heads", 2), ("Dropout", 0.3));
        LayerCase full = Attention(4, 4, false, ("Heads", 2), ("UseBias", false));
        yield return full with { Weights = full.Weights[..4] };
    }

    private static IEnumerable<LayerCase> Merges()
    {
        foreach (string kind in (string[])["Add", "Subtract", "Multiply", "Maximum", "Average", "Minimum", "Divide"])
        {
            yield return new LayerCase(kind, [3, 2], [3, 2]) { Operands = kind is "Subtract" or "Divide" ? 2 : 3 };
        }

        yield return new LayerCase("Add", [T, 3], [T, 3]) { Operands = 2, IsMasked = true };
        yield return new LayerCase("Concat", [3, 2], [3, 6]) { Operands = 3 };
        yield return new LayerCase("Concat", [3, 2], [6, 2]) { Operands = 2, Options = [("Axis", 0)] };
        yield return new LayerCase("Concat", [T, 2], [T, 4]) { Operands = 2, IsMasked = true };
        yield return new LayerCase("Concat", [T, 2], [2 * T, 2]) { Operands = 2, Options = [("Axis", 0)], IsMasked = true };
        yield return new LayerCase("Dot", [7], [1]) { Operands = 2 };
        yield return new LayerCase("Dot", [3, 4], [3]) { Operands = 2 };
        yield return new LayerCase("Dot", [3, 4], [4]) { Operands = 2, Options = [("Axis", 0)] };
        yield return new LayerCase("MatMul", [3, 3], [3, 3]) { Operands = 2 };
        yield return new LayerCase("MatMul", [2, 3, 3], [2, 3, 3]) { Operands = 2 };
    }

    private static IEnumerable<LayerCase> Others()
    {
        (string, int[])[] dense = [("kernel", [3, 4]), ("bias", [4])];
        yield return new LayerCase("Dense", [T, 3], [T, 4]) { Weights = dense };
        yield return new LayerCase("Dense", [T, 3], [T, 4]) { Weights = dense, IsMasked = true };
        yield return new LayerCase("Dense", [T, 3], [T, 4]) { Weights = dense, IsMasked = true, Loss = Loss.SparseCategoricalCrossentropy };
        yield return new LayerCase("Dense", [2, T, 3], [2, T, 4]) { Weights = dense };
        yield return new LayerCase("PositionalEmbedding", [T, 3], [T, 3]) { Weights = [("embeddings", [T, 3])] };
        yield return new LayerCase("Dropout", [9], [9]) { Options = [("Rate", 0.4)] };
        yield return new LayerCase("GaussianNoise", [9], [9]) { Options = [("Deviation", 0.5)] };
        foreach (string kind in (string[])["Sum", "Mean", "Max"])
        {
            yield return new LayerCase(kind, [2, 3, 4], []) { Options = [("Axis", Array.Empty<int>())] };
            yield return new LayerCase(kind, [2, 3, 4], [3]) { Options = [("Axis", (int[])[0, -1])] };
            yield return new LayerCase(kind, [2, 3, 4], [2, 4]) { Options = [("Axis", (int[])[1])] };
            yield return new LayerCase(kind, [T, 3], [T]) { Options = [("Axis", (int[])[-1])], IsMasked = true };
        }
    }

    private static LayerCase Conv(string kind, int[] input, int[] output, int[] kernel, params (string, object)[] options) =>
        new(kind, input, output) { Weights = [("kernel", kernel), ("bias", [output[^1]])], Options = options };

    private static LayerCase Depthwise(string kind, int[] input, int[] output, int channels, params (string, object)[] options) =>
        new(kind, input, output) { Weights = [("depthwise_kernel", [3, 3, 1, channels]), ("bias", [channels])], Options = options };

    private static LayerCase Attention(int keys, int values, bool isMasked, params (string, object)[] options)
    {
        const int model = 4;
        return new LayerCase("MultiHeadAttention", [T, model], [T, model])
        {
            Options = options,
            IsMasked = isMasked,
            Weights =
            [
                ("query_kernel", [model, keys]), ("key_kernel", [model, keys]), ("value_kernel", [model, values]), ("output_kernel", [values, model]),
                ("query_bias", [keys]), ("key_bias", [keys]), ("value_bias", [values]), ("output_bias", [model]),
            ],
        };
    }
}
