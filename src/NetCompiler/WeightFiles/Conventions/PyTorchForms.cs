namespace NetCompiler;

/// <summary>
/// What each of our weights is in PyTorch's layouts: channels first, (out, in) matrices, two biases per recurrent layer, gates r z n in a GRU,
/// one matrix for query, key and value. Source: the documentation of torch.nn.
/// </summary>
internal static class PyTorchForms
{
    // Ours are z r h, theirs r z n.
    private static readonly int[] GruGates = [1, 0, 2];

    private static readonly string[] ChannelLayers1D = ["Conv1D", "MaxPool1D", "AveragePool1D", "UpSampling1D", "ZeroPadding1D", "Cropping1D"];

    // Each value comes from the one in the same place, or from all alike.
    private static readonly string[] PlaceKeepers =
    [
        "Activation", "Dropout", "GaussianNoise", "BatchNormalization", "LayerNormalization", "RmsNormalization", "GroupNormalization",
        "Map", "Relu", "Sigmoid", "Tanh", "Softplus", "Exp", "Log", "Abs", "Square", "Sqrt", "Negate", "Clip", "Pow",
    ];

    /// <summary>The forms of a weight with a word in its layer; the first is the usual one.</summary>
    public static IReadOnlyList<WeightForm> Of(WeightDescription weight, LayerDescription layer, string word, NetworkDescription network) => layer.Kind switch
    {
        "Lstm" or "Gru" or "SimpleRnn" => [Recurrent(weight, layer, word)],
        "MultiHeadAttention" => Attention(weight, layer, word),
        _ => [Plain(weight, layer, word, network)],
    };

    private static WeightForm Plain(WeightDescription weight, LayerDescription layer, string word, NetworkDescription network)
    {
        IReadOnlyList<int> shape = weight.Shape;
        switch (word, shape.Count)
        {
            case ("kernel", 2):
                int channels = FlattenedChannels(layer, network);
                return WeightForm.Permuted(weight.Name, shape, [1, 0], "weight").Then(values => TensorAxes.RowsFromChannelsFirst(values, shape[0], channels));
            case ("kernel", 3):
                return WeightForm.Permuted(weight.Name, shape, [2, 1, 0], "weight");

            // (kh, kw, in, out) from (out, in, kh, kw); transposed convolutions (kh, kw, out, in) from (in, out, kh, kw): the same order of axes.
            case ("kernel" or "depthwise_kernel", 4):
                return WeightForm.Permuted(weight.Name, shape, [2, 3, 1, 0], layer.Kind == "SeparableConv2D" ? ["depthwise.weight"] : ["weight"]);
            case ("pointwise_kernel", 4):
                return WeightForm.Permuted(weight.Name, shape, [2, 3, 1, 0], "pointwise.weight");
            case ("bias", _) when layer.Kind == "SeparableConv2D":
                return WeightForm.Same(weight.Name, [.. shape], "pointwise.bias");
        }

        string theirs = word switch
        {
            "gamma" or "embeddings" => "weight",
            "bias" or "beta" => "bias",
            "moving_mean" => "running_mean",
            "moving_variance" => "running_var",
            _ => word,
        };
        WeightForm form = WeightForm.Same(weight.Name, [.. shape], theirs);

        // A normalization of a flattened image has one number per place of it.
        int flattened = layer.Kind is "BatchNormalization" or "LayerNormalization" or "RmsNormalization" && shape.Count == 1 ? FlattenedChannels(layer, network) : 1;
        return flattened == 1 ? form : form.Then(values => TensorAxes.RowsFromChannelsFirst(values, shape[0], flattened));
    }

    private static WeightForm Recurrent(WeightDescription weight, LayerDescription layer, string word)
    {
        bool isBackward = word.StartsWith("backward.", StringComparison.Ordinal);
        string end = isBackward ? "_l0_reverse" : "_l0", half = isBackward ? "backward." : word.StartsWith("forward.", StringComparison.Ordinal) ? "forward." : "";
        int[] shape = [.. weight.Shape];
        bool isGru = layer.Kind == "Gru";
        float[] Gates(float[] values) => isGru ? TensorAxes.ColumnBlocks(values, shape[^1], GruGates) : values;
        switch (word[half.Length..])
        {
            case "kernel":
                return WeightForm.Permuted(weight.Name, shape, [1, 0], $"weight_ih{end}").Then(Gates);
            case "recurrent_kernel":
                return WeightForm.Permuted(weight.Name, shape, [1, 0], $"weight_hh{end}").Then(Gates);
            case "bias":
                WeightPart input = Part(layer, $"bias_ih{end}", [shape[^1]]), recurrent = Part(layer, $"bias_hh{end}", [shape[^1]]);
                if (!isGru)
                {
                    return new WeightForm([input, recurrent], Sum) { Made = "the sum of" };
                }

                return new WeightForm([input, recurrent], values => Gates([.. values[0], .. values[1]]))
                {
                    Made = "made of",
                    Refusal = shape.Length == 2 ? null : "PyTorch's GRU applies the reset gate after the product and so has two biases: declare the layer with ResetAfter = true",
                };
            default:
                return WeightForm.Same(weight.Name, shape, word);
        }
    }

    private static float[] Sum(IReadOnlyList<float[]> values)
    {
        float[] sum = [.. values[0]];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += values[1][i];
        }

        return sum;
    }

    // in_proj_weight holds (out, in) of query, key and value below each other; with other sizes of key and value they are three tensors.
    private static WeightForm[] Attention(WeightDescription weight, LayerDescription layer, string word)
    {
        int[] shape = [.. weight.Shape];
        if (word == "output_kernel")
        {
            return [WeightForm.Permuted(weight.Name, shape, [1, 0], "out_proj.weight")];
        }

        if (word == "output_bias")
        {
            return [WeightForm.Same(weight.Name, shape, "out_proj.bias")];
        }

        int Columns(string name) => layer.Weights.FirstOrDefault(candidate => candidate.Name == $"{layer.Name}.{name}")?.Shape[^1] ?? 0;
        bool isKernel = word.EndsWith("_kernel", StringComparison.Ordinal);
        int queries = Columns("query_kernel"), keys = Columns("key_kernel"), all = queries + keys + Columns("value_kernel");
        int first = word[0] switch { 'q' => 0, 'k' => queries, _ => queries + keys };
        int columns = shape[^1], model = shape[0];
        return isKernel
            ?
            [
                new WeightForm([Part(layer, "in_proj_weight", [all, model])], values => TensorAxes.TransposedRows(values[0], model, first, columns)) { Made = "a part of" },
                WeightForm.Permuted(weight.Name, shape, [1, 0], $"{word[0]}_proj_weight"),
            ]
            : [new WeightForm([Part(layer, "in_proj_bias", [all])], values => values[0][first..(first + columns)]) { Made = "a part of" }];
    }

    private static WeightPart Part(LayerDescription layer, string word, int[] shape) => new($"{layer.Name}.{word}", [word], shape);

    // Back from a layer over those that keep the order of values, to a Flatten of something with channels: of (H, W, C), or of (T, C) that comes
    // from layers that have channels first there. Another shape of rank 2, as (28, 28) or what a recurrent layer gives, is flattened alike on
    // both sides.
    private static int FlattenedChannels(LayerDescription layer, NetworkDescription network)
    {
        for (LayerDescription? current = Operand(layer, network); current is not null; current = Operand(current, network))
        {
            if (current.Kind == "Flatten")
            {
                int value = current.Operands[0];
                IReadOnlyList<int> shape = value < network.Inputs.Count ? network.Inputs[value].Shape : network.Layers[value - network.Inputs.Count].Shape;
                return shape.Count >= 3 || (shape.Count == 2 && HasChannels(Operand(current, network), network)) ? shape[^1] : 1;
            }

            if (!KeepsPlaces(current))
            {
                break;
            }
        }

        return 1;
    }

    private static bool HasChannels(LayerDescription? layer, NetworkDescription network)
    {
        while (layer is not null && KeepsPlaces(layer))
        {
            layer = Operand(layer, network);
        }

        return layer is not null && ChannelLayers1D.Contains(layer.Kind);
    }

    private static bool KeepsPlaces(LayerDescription layer) => PlaceKeepers.Contains(layer.Kind);

    private static LayerDescription? Operand(LayerDescription layer, NetworkDescription network) =>
        layer.Operands.Count == 1 && layer.Operands[0] >= network.Inputs.Count ? network.Layers[layer.Operands[0] - network.Inputs.Count] : null;
}
