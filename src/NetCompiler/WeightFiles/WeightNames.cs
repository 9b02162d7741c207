namespace NetCompiler;

/// <summary>Turns the names of a file into ours: prefix, renames, then what its convention says of layers and of weights.</summary>
internal sealed class WeightNames
{
    private readonly NetworkDescription _network;
    private readonly WeightLoadOptions _options;
    private readonly FileConvention _convention;

    // From "layer.word" in the convention's words to the name of the part.
    private readonly Dictionary<string, string> _parts = [];

    private WeightNames(NetworkDescription network, WeightLoadOptions options, FileConvention convention)
    {
        (_network, _options, _convention) = (network, options, convention);
        foreach (LayerDescription layer in network.Layers)
        {
            foreach (WeightPart part in layer.Weights.SelectMany(weight => convention.FormsOf(weight, layer, network)).SelectMany(form => form.Parts))
            {
                foreach (string word in part.Words)
                {
                    _parts.TryAdd($"{layer.Name}.{word}", part.Name);
                }
            }
        }
    }

    /// <summary>Our name for each tensor: that of a weight, or of a part of one; it may be one that the network does not have.</summary>
    public static string[] Resolve(IReadOnlyList<FileTensor> tensors, IReadOnlyList<string> stripped, NetworkDescription network, WeightLoadOptions options, FileConvention convention) =>
        new WeightNames(network, options, convention).Resolve(tensors, stripped);

    private string[] Resolve(IReadOnlyList<FileTensor> tensors, IReadOnlyList<string> stripped)
    {
        string?[] renamed = [.. stripped.Select(Rename)];
        List<(string Layer, string Word, int[] Shape)> open = [];
        for (int i = 0; i < renamed.Length; i++)
        {
            if (renamed[i] is null)
            {
                (string layer, string word) = _convention.Split(stripped[i]);
                open.Add((layer, word, tensors[i].Shape));
            }
        }

        // A layer that a rename already fills takes no part in the pairing.
        LayerDescription[] free = [.. _network.Layers.Where(layer => !renamed.Any(name => name is not null && name.StartsWith(layer.Name + ".", StringComparison.Ordinal)))];
        Dictionary<string, string> map = _convention.PairLayers(open, free, _network);
        return [.. stripped.Select((name, i) => renamed[i] ?? Convert(name, map))];
    }

    // A weight's rename wins; then that of the longest layer path: "0" and "encoder.0" for "encoder.0.weight".
    private string? Rename(string name)
    {
        if (_options.Renames.TryGetValue(name, out string? weight))
        {
            return weight;
        }

        char separator = _convention.Separator;
        for (int end = name.LastIndexOf(separator); end > 0; end = name.LastIndexOf(separator, end - 1))
        {
            if (_options.Renames.TryGetValue(name[..end], out string? ours))
            {
                (string layer, string word) = _convention.Split(name);
                return _convention.Renamed(name[..end], layer, ours, _network) is string meant ? Join(meant, word) : Join(ours, name[(end + 1)..].Replace(separator, '.'));
            }
        }

        return null;
    }

    private string Convert(string name, Dictionary<string, string> map)
    {
        (string layer, string word) = _convention.Split(name);
        return map.TryGetValue(layer, out string? ours) ? Join(ours, word) : name.Replace(_convention.Separator, '.');
    }

    private string Join(string layer, string word) => _parts.GetValueOrDefault($"{layer}.{word}", $"{layer}.{word}");
}
