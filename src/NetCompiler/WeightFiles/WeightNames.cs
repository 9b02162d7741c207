namespace NetCompiler;

/// <summary>Turns the names of a file into ours: prefix, renames, then what its convention says of layers and of weights.</summary>
internal static class WeightNames
{
    /// <summary>Our name for each tensor; it may be one that the network does not have.</summary>
    public static string[] Resolve(IReadOnlyList<FileTensor> tensors, NetworkDescription network, WeightLoadOptions options)
    {
        string[] stripped = [.. tensors.Select(tensor => tensor.Name.StartsWith(options.Prefix, StringComparison.Ordinal) ? tensor.Name[options.Prefix.Length..] : tensor.Name)];
        string?[] renamed = [.. stripped.Select(name => Rename(name, network, options))];
        string[] layers = [.. stripped.Where((_, i) => renamed[i] is null).Select(name => Split(name, options.Convention).Layer).Where(layer => layer.Length > 0).Distinct()];

        // A layer that a rename already fills takes no part in the pairing.
        LayerDescription[] free = [.. network.Layers.Where(layer => !renamed.Any(name => name is not null && name.StartsWith(layer.Name + ".", StringComparison.Ordinal)))];
        Dictionary<string, string> map = options.Convention switch
        {
            WeightConvention.Keras => LayerNames.FromKeras(layers, free),
            WeightConvention.PyTorch => LayerNames.FromPyTorch(layers, free),
            _ => [],
        };
        return [.. stripped.Select((name, i) => renamed[i] ?? Convert(name, map, network, options.Convention))];
    }

    // A weight's rename wins; then that of the longest layer path: "0" and "encoder.0" for "encoder.0.weight".
    private static string? Rename(string name, NetworkDescription network, WeightLoadOptions options)
    {
        if (options.Renames.TryGetValue(name, out string? weight))
        {
            return weight;
        }

        char separator = Separator(options.Convention);
        for (int end = name.LastIndexOf(separator); end > 0; end = name.LastIndexOf(separator, end - 1))
        {
            if (options.Renames.TryGetValue(name[..end], out string? layer))
            {
                return Join(layer, name[(end + 1)..].Replace(separator, '.'), network, options.Convention);
            }
        }

        return null;
    }

    private static string Convert(string name, Dictionary<string, string> map, NetworkDescription network, WeightConvention convention)
    {
        (string layer, string word) = Split(name, convention);
        return map.TryGetValue(layer, out string? ours) ? Join(ours, word, network, convention) : name.Replace(Separator(convention), '.');
    }

    private static string Join(string layer, string word, NetworkDescription network, WeightConvention convention)
    {
        if (convention == WeightConvention.PyTorch)
        {
            string[] ours = word switch
            {
                "weight" => ["kernel", "gamma", "embeddings"],
                "bias" => ["bias", "beta"],
                "running_mean" => ["moving_mean"],
                "running_var" => ["moving_variance"],
                _ => [],
            };
            word = ours.FirstOrDefault(candidate => network.Layers.Any(l => l.Name == layer && l.Weights.Any(weight => weight.Name == $"{layer}.{candidate}"))) ?? word;
        }

        return $"{layer}.{word}";
    }

    private static (string Layer, string Word) Split(string name, WeightConvention convention)
    {
        int end = name.LastIndexOf(Separator(convention));
        return end < 0 ? ("", name) : (name[..end], name[(end + 1)..]);
    }

    private static char Separator(WeightConvention convention) => convention == WeightConvention.Keras ? '/' : '.';
}
