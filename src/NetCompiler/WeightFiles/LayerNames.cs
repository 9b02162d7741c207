using System.Globalization;

namespace NetCompiler;

/// <summary>Finds our layer for each layer of a file that follows Keras's or PyTorch's numbering.</summary>
internal static class LayerNames
{
    /// <summary>
    /// Keras numbers automatic names from no suffix (dense, dense_1, and on from there in a process that made other networks before), ours
    /// from 1. So the automatic names of one kind are paired in order; a name that both have means itself.
    /// </summary>
    public static Dictionary<string, string> FromKeras(IEnumerable<string> fileLayers, IReadOnlyList<LayerDescription> layers)
    {
        Dictionary<string, string> map = [];
        foreach (IGrouping<string, LayerDescription> kind in layers.Where(IsAutomatic).GroupBy(layer => Stem(layer.Name)))
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
    /// says nothing, since its writer sorts by name, so only names that differ in their numbers are ordered; others need Renames, unless
    /// ours has a layer of the same name.
    /// </summary>
    public static Dictionary<string, string> FromPyTorch(IEnumerable<string> fileLayers, IReadOnlyList<LayerDescription> layers)
    {
        Dictionary<string, string> map = [];
        foreach (string name in fileLayers.Where(name => layers.Any(layer => layer.Name == name)))
        {
            map[name] = name;
        }

        string[] ours = [.. layers.Where(layer => layer.Weights.Any(weight => weight.IsTrainable)).Select(layer => layer.Name).Distinct().Except(map.Values)];
        string[] theirs = [.. fileLayers.Except(map.Keys).OrderBy(NumberedForm, StringComparer.Ordinal)];
        if (theirs.Select(Numberless).Distinct().Count() == 1)
        {
            for (int i = 0; i < Math.Min(ours.Length, theirs.Length); i++)
            {
                map[theirs[i]] = ours[i];
            }
        }

        return map;
    }

    private static bool IsAutomatic(LayerDescription layer) => Stem(layer.Name) is var stem && stem.Length < layer.Name.Length && stem == SnakeCase(layer.Kind);

    private static string Stem(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    // BatchNormalization is batch_normalization, Conv2D conv2d: an underscore stands where a capital follows a small letter.
    private static string SnakeCase(string kind) => string.Concat(kind.Select((letter, i) =>
        (i > 0 && char.IsAsciiLetterUpper(letter) && char.IsAsciiLetterLower(kind[i - 1]) ? "_" : "") + char.ToLowerInvariant(letter)));

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
