using System.Globalization;

namespace NetCompiler;

/// <summary>
/// Keras's paths of variables (3.x; the older depthwise names too): dense/kernel, lstm/lstm_cell/kernel, bidirectional/forward_lstm/lstm_cell/kernel,
/// multi_head_attention/query/kernel. Shapes are ours but for attention, where heads are an axis, and depthwise kernels (kh, kw, in, multiplier).
/// </summary>
internal sealed class KerasConvention : FileConvention
{
    private static readonly string[] AttentionParts = ["query", "key", "value", "attention_output"];

    public override char Separator => '/';

    /// <summary>
    /// The cell of a recurrent layer is dropped from the word, the halves of a bidirectional one are forward. and backward., the dense parts of
    /// attention stay: query.kernel.
    /// </summary>
    public override (string Layer, string Word) Split(string name)
    {
        List<string> parts = [.. name.Split('/')];
        string word = parts[^1];
        parts.RemoveAt(parts.Count - 1);
        if (parts.Count > 1 && IsCell(parts[^1]))
        {
            parts.RemoveAt(parts.Count - 1);
        }

        if (parts.Count > 1 && parts[^1] is string half && (half.StartsWith("forward_", StringComparison.Ordinal) || half.StartsWith("backward_", StringComparison.Ordinal)))
        {
            word = $"{half[..half.IndexOf('_')]}.{word}";
            parts.RemoveAt(parts.Count - 1);
        }
        else if (parts.Count > 1 && AttentionParts.Contains(parts[^1]))
        {
            word = $"{parts[^1]}.{word}";
            parts.RemoveAt(parts.Count - 1);
        }

        return (string.Join('/', parts), word);
    }

    public override Dictionary<string, string> PairLayers(IReadOnlyList<(string Layer, string Word, int[] Shape)> tensors, IReadOnlyList<LayerDescription> layers, NetworkDescription network) =>
        LayerNames.FromKeras([.. tensors.Select(tensor => tensor.Layer).Where(layer => layer.Length > 0).Distinct()], layers);

    public override IReadOnlyList<WeightForm> FormsOf(WeightDescription weight, LayerDescription layer, NetworkDescription network)
    {
        string word = WordOf(weight, layer);
        int[] shape = [.. weight.Shape];
        return [(layer.Kind, word) switch
        {
            ("MultiHeadAttention", "output_bias") => WeightForm.Same(weight.Name, shape, "attention_output.bias"),
            ("MultiHeadAttention", "output_kernel") => WeightForm.Same(weight.Name, [Heads(layer), shape[0] / Heads(layer), shape[1]], "attention_output.kernel"),
            ("MultiHeadAttention", _) => WeightForm.Same(
                weight.Name, [.. shape[..^1], Heads(layer), shape[^1] / Heads(layer)], word.Replace("_kernel", ".kernel", StringComparison.Ordinal).Replace("_bias", ".bias", StringComparison.Ordinal)),

            // Ours is (kh, kw, 1, in x multiplier): the same values in the same order.
            (_, "depthwise_kernel") => WeightForm.Same(weight.Name, Depthwise(shape, layer), layer.Kind == "DepthwiseConv2D" ? ["kernel", word] : [word]),
            ("RmsNormalization", "gamma") => WeightForm.Same(weight.Name, shape, "scale", word),
            _ => WeightForm.Same(weight.Name, shape, word),
        }];
    }

    // The state of a generator of random numbers, which a dropout layer has.
    public override bool IsIgnored(string name) => name.EndsWith("seed_generator_state", StringComparison.Ordinal);

    private static int Heads(LayerDescription layer) => Option(layer, "Heads", 1);

    private static int[] Depthwise(int[] shape, LayerDescription layer)
    {
        int multiplier = Option(layer, "DepthMultiplier", 1);
        return [shape[0], shape[1], shape[3] / multiplier, multiplier];
    }

    private static int Option(LayerDescription layer, string name, int missing) =>
        layer.Options.TryGetValue(name, out object? value) ? Math.Max(1, Convert.ToInt32(value, CultureInfo.InvariantCulture)) : missing;

    // lstm_cell, and lstm_cell_1 as older versions number them.
    private static bool IsCell(string part) => part.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_').EndsWith("_cell", StringComparison.Ordinal);
}
