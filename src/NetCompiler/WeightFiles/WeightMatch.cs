namespace NetCompiler;

/// <summary>Which tensor of a file fills which weight of a network, and everything that does not fit. Nothing is changed here.</summary>
internal sealed class WeightMatch
{
    private readonly INetwork _network;
    private readonly WeightFileContent _content;
    private readonly WeightLoadOptions _options;
    private readonly List<string> _mismatches = [];

    private WeightMatch(INetwork network, WeightFileContent content, WeightLoadOptions options) =>
        (_network, _content, _options) = (network, content, options);

    /// <summary>The weights that the file fills.</summary>
    public List<(WeightView Weight, FileTensor Tensor, WeightOrder Order)> Pairs { get; } = [];

    /// <summary>Our names of the weights that the file lacks.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>The file's names of the tensors that fit no weight.</summary>
    public List<string> Unused { get; } = [];

    /// <exception cref="WeightFileException">Something does not fit that the options do not allow; every such thing is listed.</exception>
    public static WeightMatch Run(INetwork network, WeightFileContent content, WeightLoadOptions options, string source)
    {
        WeightMatch match = new(network, content, options);
        match.CheckArchitecture();
        match.PairTensors();
        if (match._mismatches.Count > 0)
        {
            throw new WeightFileException(
                $"{source} does not fit {network.Description.Name}, and nothing was changed:\n- {string.Join("\n- ", match._mismatches)}",
                mismatches: match._mismatches);
        }

        return match;
    }

    private void CheckArchitecture()
    {
        if (_options.Convention == WeightConvention.NetCompiler && !_options.IgnoreArchitecture
            && _content.Metadata.TryGetValue(WeightFileKeys.Architecture, out string? hash) && hash != _network.Description.ArchitectureHash)
        {
            string name = _content.Metadata.GetValueOrDefault(WeightFileKeys.Network, "another network");
            _mismatches.Add($"it was saved by {name} with another architecture: its hash is {hash}, here it is {_network.Description.ArchitectureHash}. "
                + "Shapes need not show this (another activation does not); IgnoreArchitecture loads it all the same");
        }
    }

    private void PairTensors()
    {
        string[] names = WeightNames.Resolve(_content.Tensors, _network.Description, _options);
        Dictionary<string, int> byName = [];
        for (int i = 0; i < names.Length; i++)
        {
            if (!byName.TryAdd(names[i], i))
            {
                _mismatches.Add($"\"{_content.Tensors[byName[names[i]]].Name}\" and \"{_content.Tensors[i].Name}\" both mean {names[i]}");
            }
        }

        HashSet<int> used = [];
        List<WeightView> missing = [];
        foreach (WeightView weight in _network.Weights)
        {
            if (Find(weight.Name, byName) is int index && used.Add(index))
            {
                Pair(weight, _content.Tensors[index]);
            }
            else
            {
                missing.Add(weight);
            }
        }

        Missing.AddRange(missing.Select(weight => weight.Name));
        int[] unused = [.. Enumerable.Range(0, names.Length).Where(i => !used.Contains(i))];
        Unused.AddRange(unused.Select(i => _content.Tensors[i].Name));
        if (!_options.AllowMissing)
        {
            foreach (WeightView weight in missing)
            {
                _mismatches.Add($"{weight.Name} {SampleShape.Text(weight.Shape.ToArray())} is not in the file"
                    + Nearest(weight.Name, Unused, "; the nearest name there is "));
            }
        }

        if (!_options.AllowUnused)
        {
            foreach (int i in unused)
            {
                FileTensor tensor = _content.Tensors[i];
                string meaning = names[i] == tensor.Name ? "" : $", read as {names[i]},";
                _mismatches.Add($"\"{tensor.Name}\" {SampleShape.Text(tensor.Shape)}{meaning} fits no weight"
                    + Nearest(names[i], Missing.Count > 0 ? Missing : _network.Weights.Select(weight => weight.Name), "; the nearest name here is "));
            }
        }
    }

    private void Pair(WeightView weight, FileTensor tensor)
    {
        WeightOrder order = default;
        foreach (LayerDescription layer in _network.Description.Layers)
        {
            foreach (WeightDescription description in layer.Weights)
            {
                if (description.Name == weight.Name)
                {
                    order = WeightOrder.Of(description, layer, _network.Description, _options.Convention);
                }
            }
        }

        int[] expected = order.FileShape(weight.Shape);
        bool isFlat = _content.IsJson && tensor.Shape.Length == 1 && tensor.Length == weight.Length;
        if (!isFlat && !tensor.Shape.AsSpan().SequenceEqual(expected))
        {
            string named = tensor.Name == weight.Name ? weight.Name : $"{weight.Name} (in the file \"{tensor.Name}\")";
            string hint = expected.Length == 2 && tensor.Shape.Length == 2 && tensor.Shape[0] == expected[1] && tensor.Shape[1] == expected[0]
                ? _options.Convention == WeightConvention.PyTorch ? "; it looks like Keras's order" : "; it looks transposed, as PyTorch's are: WeightConvention.PyTorch reads those"
                : "";
            _mismatches.Add($"{named} has the shape {SampleShape.Text(tensor.Shape)} in the file, but needs {SampleShape.Text(expected)}{hint}");
        }
        else if (!tensor.IsReadable)
        {
            _mismatches.Add($"{weight.Name} is {tensor.DataType} in the file, but only F32, F64, F16 and BF16 are read");
        }
        else
        {
            Pairs.Add((weight, tensor, order));
        }
    }

    // By its name, else by one that older files may have; a former name is that of the weight or of its layer.
    private int? Find(string name, Dictionary<string, int> byName)
    {
        if (byName.TryGetValue(name, out int index))
        {
            return index;
        }

        foreach (LayerDescription layer in _network.Description.Layers)
        {
            foreach (WeightDescription weight in layer.Weights.Where(weight => weight.Name == name))
            {
                string word = name[(name.LastIndexOf('.') + 1)..];
                foreach (string former in weight.FormerNames)
                {
                    if (byName.TryGetValue(former, out index) || byName.TryGetValue($"{former}.{word}", out index))
                    {
                        return index;
                    }
                }
            }
        }

        return null;
    }

    private static string Nearest(string name, IEnumerable<string> candidates, string introduction) =>
        NearestName.Find(name, candidates) is string nearest ? introduction + nearest : "";
}
