using System.Text.RegularExpressions;

namespace NetCompiler;

/// <summary>
/// PyTorch's names and layouts. A stacked recurrent module (weight_ih_l1, ...) is as many layers here: within this class its further layers
/// have the module's path, an exclamation mark, which sorts before all digits, letters and dots, and their number.
/// </summary>
internal sealed partial class PyTorchConvention(IReadOnlyList<string> names) : FileConvention
{
    private const char Stacked = '!';

    private readonly HashSet<string> _attentions = [.. names
        .Where(name => name.EndsWith(".in_proj_weight", StringComparison.Ordinal) || name.EndsWith(".q_proj_weight", StringComparison.Ordinal))
        .Select(name => name[..name.LastIndexOf('.')])];

    public override char Separator => '.';

    /// <summary>The words of a recurrent layer lose their number: they end in _l0 or _l0_reverse; out_proj.weight belongs to its attention.</summary>
    public override (string Layer, string Word) Split(string name)
    {
        int end = name.LastIndexOf('.');
        if (end < 0)
        {
            return ("", name);
        }

        string layer = name[..end], word = name[(end + 1)..];
        if (RecurrentWord().Match(word) is { Success: true } match)
        {
            string number = match.Groups["number"].Value;
            return (number == "0" ? layer : $"{layer}{Stacked}{number}", $"{match.Groups["word"].Value}_l0{match.Groups["reverse"].Value}");
        }

        int parent = layer.LastIndexOf('.');
        return parent > 0 && layer[(parent + 1)..] == "out_proj" && _attentions.Contains(layer[..parent]) ? (layer[..parent], $"out_proj.{word}") : (layer, word);
    }

    public override Dictionary<string, string> PairLayers(IReadOnlyList<(string Layer, string Word, int[] Shape)> tensors, IReadOnlyList<LayerDescription> layers, NetworkDescription network)
    {
        Dictionary<string, string> theirs = tensors.Where(tensor => tensor.Layer.Length > 0 && !IsIgnored(tensor.Word)).GroupBy(tensor => tensor.Layer)
            .ToDictionary(layer => layer.Key, layer => Signature(layer.Select(tensor => (tensor.Word, tensor.Shape))));
        Dictionary<string, string> ours = [];
        foreach (LayerDescription layer in layers.Where(layer => layer.Weights.Any(weight => weight.IsTrainable)))
        {
            ours[layer.Name] = Signature(layer.Weights.SelectMany(weight => FormsOf(weight, layer, network)[0].Parts).Select(part => (part.Words[0], part.Shape)).DistinctBy(part => part.Item1));
        }

        Dictionary<string, string> named = [];
        foreach (string path in theirs.Keys)
        {
            int stacked = path.IndexOf(Stacked);
            string module = stacked < 0 ? path : path[..stacked];
            if (ours.ContainsKey(module) && Renamed(module, path, module, network) is string layer)
            {
                named[path] = layer;
            }
        }

        return LayerNames.FromPyTorch(theirs, ours, named);
    }

    /// <summary>A further layer of a stacked module is the next one of its kind after that of the first.</summary>
    public override string? Renamed(string path, string layer, string ours, NetworkDescription network)
    {
        if (path == layer)
        {
            return ours;
        }

        if (!layer.StartsWith(path + Stacked, StringComparison.Ordinal))
        {
            return null;
        }

        string? kind = network.Layers.FirstOrDefault(candidate => candidate.Name == ours)?.Kind;
        string[] following = [.. network.Layers.Where(candidate => candidate.Kind == kind).Select(candidate => candidate.Name).Distinct().SkipWhile(name => name != ours)];
        return int.TryParse(layer.AsSpan(path.Length + 1), out int number) && number < following.Length ? following[number] : null;
    }

    public override IReadOnlyList<WeightForm> FormsOf(WeightDescription weight, LayerDescription layer, NetworkDescription network) =>
        PyTorchForms.Of(weight, layer, WordOf(weight, layer), network);

    // How many batches a normalization has seen; it matters to no result.
    public override bool IsIgnored(string name) => name.EndsWith("num_batches_tracked", StringComparison.Ordinal);

    // What kind of layer it is, as far as names and ranks of tensors tell; a recurrent one also by its gates.
    private static string Signature(IEnumerable<(string Word, int[] Shape)> tensors) => string.Join(' ', tensors
        .Select(tensor => $"{tensor.Word}:{tensor.Shape.Length}{(tensor.Word == "weight_hh_l0" && tensor.Shape is [int rows, > 0 and int units] ? $":{rows / units}" : "")}")
        .Order(StringComparer.Ordinal));

    [GeneratedRegex("^(?<word>(weight|bias)_(ih|hh))_l(?<number>[0-9]{1,4})(?<reverse>(_reverse)?)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex RecurrentWord();
}
