using System.Globalization;

namespace NetCompiler;

/// <summary>Finds our layer for each layer of a file that follows Keras's or PyTorch's numbering.</summary>
internal static class LayerNames
{
    /// <summary>
    /// Keras numbers automatic names from no suffix (dense, dense_1, and on from there in a process that made other networks before), ours
    /// from 1. So the automatic names of one kind are paired in order; a name that both have means itself.
    /// </summary>
    public static Dictionary<string, string> FromKeras(IReadOnlyList<string> fileLayers, IReadOnlyList<LayerDescription> layers)
    {
        Dictionary<string, string> map = [];
        foreach (IGrouping<string, LayerDescription> kind in layers.Where(IsAutomatic).GroupBy(KerasStem))
        {
            string[] ours = [.. kind.Select(layer => layer.Name).Distinct()];
            string[] theirs = [.. fileLayers.Where(name => KerasNumber(name, kind.Key) >= 0).OrderBy(name => KerasNumber(name, kind.Key))];
            for (int i = 0; i < Math.Min(ours.Length, theirs.Length); i++)
            {
                map[theirs[i]] = ours[i];
            }
        }

        foreach (string name in fileLayers.Where(name => layers.Any(layer => layer.Name == name)))
        {
            map[name] = name;
        }

        return map;
    }

    /// <summary>
    /// PyTorch's sequential networks number every module, ours only count: layers with weights are paired in order. The order of a file
    /// says nothing, since its writer sorts by name, so only names that differ in their numbers are ordered. Where not all do, those of one
    /// signature may; others need Renames, unless ours has a layer of the same name.
    /// </summary>
    /// <param name="theirs">The signature of each of the file's layers: what its tensors look like.</param>
    /// <param name="ours">The signature of each of our layers, in order.</param>
    /// <param name="named">The pairs that their names make.</param>
    public static Dictionary<string, string> FromPyTorch(Dictionary<string, string> theirs, Dictionary<string, string> ours, Dictionary<string, string> named)
    {
        Dictionary<string, string> map = new(named);
        string[] ourFree = [.. ours.Keys.Except(map.Values)];
        string[] theirFree = [.. theirs.Keys.Except(map.Keys).OrderBy(NumberedForm, StringComparer.Ordinal)];
        if (!PairInOrder(map, theirFree, ourFree))
        {
            foreach (IGrouping<string, string> alike in theirFree.GroupBy(name => theirs[name]))
            {
                PairInOrder(map, [.. alike], [.. ourFree.Where(name => ours[name] == alike.Key)]);
            }
        }

        return map;
    }

    private static bool PairInOrder(Dictionary<string, string> map, string[] theirs, string[] ours)
    {
        // "lstm!1" is the second layer of the module "lstm".
        if (theirs.Select(name => Numberless(name.Split('!')[0])).Distinct().Count() != 1)
        {
            return false;
        }

        for (int i = 0; i < Math.Min(ours.Length, theirs.Length); i++)
        {
            map[theirs[i]] = ours[i];
        }

        return true;
    }

    private static bool IsAutomatic(LayerDescription layer) =>
        Stem(layer.Name) is var stem && stem.Length < Last(layer.Name).Length && stem.Replace("_", "", StringComparison.Ordinal).Equals(layer.Kind, StringComparison.OrdinalIgnoreCase);

    // Without the block and the number: lstm for read1.lstm1.
    private static string Stem(string name) => Last(name).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    // Keras names the wrapper, whatever it wraps; and the learned positions are those of KerasHub.
    private static string KerasStem(LayerDescription layer) => layer.Kind switch
    {
        "Lstm" or "Gru" or "SimpleRnn" when layer.Weights.Any(weight => weight.Name.StartsWith($"{layer.Name}.forward.", StringComparison.Ordinal)) => "bidirectional",
        "PositionalEmbedding" => "position_embedding",
        _ => Stem(layer.Name),
    };

    // 0 for dense, 3 for dense_3, -1 for a name of another form.
    private static int KerasNumber(string name, string stem)
    {
        if (name == stem)
        {
            return 0;
        }

        return name.StartsWith(stem + "_", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(stem.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
    }

    // "net.2" before "net.10": every number is written with as many digits as the longest has.
    private static string NumberedForm(string name) => MapNumbers(name, digits => digits.PadLeft(20, '0'));

    private static string Numberless(string name) => MapNumbers(name, _ => "#");

    private static string MapNumbers(string name, Func<string, string> map)
    {
        List<string> parts = [];
        for (int i = 0, start = 0; i < name.Length; start = i)
        {
            bool isNumber = char.IsAsciiDigit(name[i]);
            while (i < name.Length && char.IsAsciiDigit(name[i]) == isNumber)
            {
                i++;
            }

            parts.Add(isNumber ? map(name[start..i]) : name[start..i]);
        }

        return string.Concat(parts);
    }
}
