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

    /// <summary>The weights that the file fills, and with what.</summary>
    public List<(WeightView Weight, WeightForm Form, FileTensor[] Tensors)> Pairs { get; } = [];

    /// <summary>Our names of the weights that the file lacks.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>The file's names of the tensors that fit no weight.</summary>
    public List<string> Unused { get; } = [];

    /// <exception cref="WeightFileException">Something does not fit that the options do not allow; every such thing is listed.</exception>
    public static WeightMatch Run(INetwork network, WeightFileContent content, WeightLoadOptions options, string source)
    {
        WeightMatch match = new(network, content, options);
        match.PairTensors();
        match.CheckArchitecture();
        if (match._mismatches.Count > 0)
        {
            throw new WeightFileException(
                $"{source} does not fit {network.Description.Name}, and nothing was changed:\n- {string.Join("\n- ", match._mismatches)}",
                mismatches: match._mismatches);
        }

        return match;
    }

    // After all else, which IgnoreArchitecture would not help against; listed before it, as its cause.
    private void CheckArchitecture()
    {
        string? hash = _content.Metadata.GetValueOrDefault(WeightFileKeys.Architecture);
        if (_options.Convention == WeightConvention.NetCompiler && !_options.IgnoreArchitecture
            && WeightFileKeys.FirstOf(_content.Metadata) is not null && hash != _network.Description.ArchitectureHash)
        {
            string name = _content.Metadata.GetValueOrDefault(WeightFileKeys.Network, "another network");
            string finding = hash is null ? $"an architecture that it does not say: it lacks \"{WeightFileKeys.Architecture}\"" : $"another architecture: its hash is {hash}";
            string advice = _mismatches.Count == 0 ? ". Shapes need not show this (another activation does not); IgnoreArchitecture loads it all the same" : "";
            _mismatches.Insert(0, $"it was saved by {name} with {finding}, here it is {_network.Description.ArchitectureHash}{advice}");
        }
    }

    private void PairTensors()
    {
        string[] stripped = [.. _content.Tensors.Select(tensor => tensor.Name.StartsWith(_options.Prefix, StringComparison.Ordinal) ? tensor.Name[_options.Prefix.Length..] : tensor.Name)];
        FileConvention convention = FileConvention.Create(_options.Convention, stripped);
        string[] names = WeightNames.Resolve(_content.Tensors, stripped, _network.Description, _options, convention);
        Dictionary<string, int> byName = [];
        for (int i = 0; i < names.Length; i++)
        {
            if (!byName.TryAdd(names[i], i))
            {
                _mismatches.Add($"\"{_content.Tensors[byName[names[i]]].Name}\" and \"{_content.Tensors[i].Name}\" both mean {names[i]}");
            }
        }

        HashSet<int> used = [];
        List<(WeightView Weight, string Reason)> missing = PairWeights(convention, byName, used);
        Missing.AddRange(missing.Select(weight => weight.Weight.Name));
        int[] unused = [.. Enumerable.Range(0, names.Length).Where(i => !used.Contains(i))];
        Unused.AddRange(unused.Select(i => _content.Tensors[i].Name));
        (string Name, int[] Shape)[] there = [.. unused.Select(i => (_content.Tensors[i].Name, _content.Tensors[i].Shape))];
        foreach ((WeightView weight, string reason) in missing.Where(_ => !_options.AllowMissing))
        {
            int[] shape = weight.Shape.ToArray();
            _mismatches.Add($"{weight.Name} {SampleShape.Text(shape)} is not in the file{reason}" + Nearest(weight.Name, shape, there, "; the nearest name there is "));
        }

        if (_options.Renames.Count > 0 && !_options.AllowMissing)
        {
            RefuseIdleRenames(stripped, convention.Separator);
        }

        if (!_options.AllowUnused)
        {
            IEnumerable<WeightView> open = missing.Count > 0 ? missing.Select(weight => weight.Weight) : _network.Weights;
            RefuseUnused([.. unused.Where(i => !convention.IsIgnored(stripped[i]))], names, [.. open.Select(weight => (weight.Name, weight.Shape.ToArray()))]);
        }
    }

    // A rename means a name of the file or the front of some, up to a separator.
    private void RefuseIdleRenames(string[] stripped, char separator)
    {
        IEnumerable<string> meant = stripped.SelectMany(name => Enumerable.Range(0, name.Length + 1).Where(end => end == name.Length || name[end] == separator).Select(end => name[..end]));

        // The dictionary may take upper and lower case for the same.
        foreach (string idle in _options.Renames.Keys.Except(meant.Where(_options.Renames.ContainsKey), StringComparer.OrdinalIgnoreCase))
        {
            string nearest = NearestName.Find(idle, meant) is string name ? $"; the nearest name there is {name}" : "";
            _mismatches.Add($"\"{idle}\", which is renamed to {_options.Renames[idle]}, is not in the file{nearest}");
        }
    }

    // What a training keeps beside the weights is one finding, with what such a file is for.
    private void RefuseUnused(int[] unused, string[] names, (string Name, int[] Shape)[] here)
    {
        bool isCheckpoint = _content.Metadata.ContainsKey(WeightFileKeys.Checkpoint);
        int[] own = [.. unused.Where(i => isCheckpoint && _content.Tensors[i].Name.StartsWith(WeightFileKeys.Prefix, StringComparison.Ordinal))];
        if (own.Length > 0)
        {
            _mismatches.Add($"it is a checkpoint of a training, with {own.Length} {(own.Length == 1 ? "array" : "arrays")} beside the weights: "
                + "FitOptions.ResumeFrom or Checkpoint.Restore goes on with the training, WeightLoadOptions.AllowUnused loads the weights alone");
        }

        foreach (int i in unused.Except(own))
        {
            FileTensor tensor = _content.Tensors[i];
            string meaning = names[i] == tensor.Name ? "" : $", read as {names[i]},";
            _mismatches.Add($"\"{tensor.Name}\" {SampleShape.Text(tensor.Shape)}{meaning} fits no weight" + Nearest(names[i], tensor.Shape, here, "; the nearest name here is "));
        }
    }

    // Returns the weights that the file lacks; adds to `used` the tensors that serve one. A weight of its own takes its tensor alone; the parts of
    // others may serve several weights, as one matrix does for query, key and value.
    private List<(WeightView Weight, string Reason)> PairWeights(FileConvention convention, Dictionary<string, int> byName, HashSet<int> used)
    {
        Dictionary<string, (WeightDescription Weight, LayerDescription Layer)> described = [];
        foreach (LayerDescription layer in _network.Description.Layers)
        {
            foreach (WeightDescription weight in layer.Weights)
            {
                described.TryAdd(weight.Name, (weight, layer));
            }
        }

        HashSet<int> taken = [];
        List<(WeightView Weight, string Reason)> missing = [];
        foreach (WeightView weight in _network.Weights)
        {
            IReadOnlyList<WeightForm> forms = described.TryGetValue(weight.Name, out (WeightDescription Weight, LayerDescription Layer) known)
                ? convention.FormsOf(known.Weight, known.Layer, _network.Description)
                : [WeightForm.Same(weight.Name, weight.Shape.ToArray())];
            IReadOnlyList<string> former = known.Weight?.FormerNames ?? [];
            WeightForm form = forms.FirstOrDefault(form => form.Parts.All(part => Find(part.Name, former, byName) is not null)) ?? forms[0];
            int?[] found = [.. form.Parts.Select(part => Find(part.Name, former, byName))];
            bool isAlone = form.Parts.Count == 1 && form.Parts[0].Name == weight.Name;
            used.UnionWith(found.OfType<int>());
            if (found.All(index => index is not null) && (!isAlone || taken.Add(found[0]!.Value)))
            {
                Pair(weight, form, [.. found.Select(index => _content.Tensors[index!.Value])]);
            }
            else
            {
                missing.Add((weight, Reason(form, found)));
            }
        }

        return missing;
    }

    // What a weight of several parts is made of, and which one is missing.
    private static string Reason(WeightForm form, int?[] found)
    {
        string lacking = found.Length == 1 ? "" : $", and {form.Parts[Array.FindIndex(found, index => index is null)].Name} is missing";
        return form.Made.Length == 0 ? "" : $"; it is {form.Made} {string.Join(" and ", form.Parts.Select(part => part.Name))}{lacking}";
    }

    private void Pair(WeightView weight, WeightForm form, FileTensor[] tensors)
    {
        int before = _mismatches.Count;
        if (form.Refusal is not null)
        {
            _mismatches.Add($"{weight.Name} {SampleShape.Text(weight.Shape.ToArray())} cannot be read: {form.Refusal}");
        }

        for (int i = 0; i < tensors.Length && form.Refusal is null; i++)
        {
            CheckPart(weight, form.Parts[i], tensors[i]);
        }

        if (_mismatches.Count == before)
        {
            Pairs.Add((weight, form, tensors));
        }
    }

    private void CheckPart(WeightView weight, WeightPart part, FileTensor tensor)
    {
        int[] expected = part.Shape;
        bool isFlat = _content.IsJson && tensor.Shape.Length == 1 && tensor.Length == SampleShape.Length(expected);
        if (!isFlat && !tensor.Shape.AsSpan().SequenceEqual(expected))
        {
            string named = tensor.Name == weight.Name ? weight.Name : $"{weight.Name} (in the file \"{tensor.Name}\")";
            _mismatches.Add($"{named} has the shape {SampleShape.Text(tensor.Shape)} in the file, but needs {SampleShape.Text(expected)}{Hint(weight, expected, tensor.Shape)}");
        }
        else if (!tensor.IsReadable)
        {
            _mismatches.Add($"{weight.Name} is {tensor.DataType} in the file, but only F32, F64, F16 and BF16 are read");
        }
    }

    // What a wrong shape says of the file.
    private string Hint(WeightView weight, int[] expected, int[] found)
    {
        if (expected.Length == 2 && found.Length == 2 && found[0] == expected[1] && found[1] == expected[0])
        {
            return _options.Convention == WeightConvention.PyTorch ? "; it looks like Keras's order" : "; it looks transposed, as PyTorch's are: WeightConvention.PyTorch reads those";
        }

        bool isOurs = found.AsSpan().SequenceEqual(weight.Shape);
        bool isImage = expected.Length is 3 or 4 && found.Length == expected.Length && found.Order().SequenceEqual(expected.Order());
        return isOurs ? "; that is the shape here: WeightConvention.NetCompiler reads it"
            : isImage && _options.Convention != WeightConvention.PyTorch ? "; it looks like channels first, as PyTorch's are: WeightConvention.PyTorch reads those" : "";
    }

    // By its name, else by one that older files may have; a former name is that of the weight or of its layer.
    private static int? Find(string name, IReadOnlyList<string> former, Dictionary<string, int> byName)
    {
        if (byName.TryGetValue(name, out int index))
        {
            return index;
        }

        string word = name[(name.LastIndexOf('.') + 1)..];
        foreach (string old in former)
        {
            if (byName.TryGetValue(old, out index) || byName.TryGetValue($"{old}.{word}", out index))
            {
                return index;
            }
        }

        return null;
    }

    private static string Nearest(string name, int[] shape, IEnumerable<(string Name, int[] Shape)> candidates, string introduction) =>
        NearestName.Find(name, shape, candidates) is string nearest ? introduction + nearest : "";
}
