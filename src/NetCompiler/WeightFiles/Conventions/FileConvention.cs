namespace NetCompiler;

/// <summary>How one framework names, shapes and orders weights in files.</summary>
internal abstract class FileConvention
{
    /// <summary>The convention of a file with the given names, prefixes dropped.</summary>
    public static FileConvention Create(WeightConvention convention, IReadOnlyList<string> names) => convention switch
    {
        WeightConvention.Keras => new KerasConvention(),
        WeightConvention.PyTorch => new PyTorchConvention(names),
        _ => new OwnConvention(),
    };

    /// <summary>What stands between the parts of a name.</summary>
    public abstract char Separator { get; }

    /// <summary>The layer of a name, empty where it has none, and the convention's word for the weight within it, with dots.</summary>
    public abstract (string Layer, string Word) Split(string name);

    /// <summary>Our layer for each of the file's.</summary>
    /// <param name="tensors">Layer, word and shape of the file's tensors that no rename has settled.</param>
    /// <param name="layers">Our layers that no rename fills.</param>
    /// <param name="network">The network of the layers.</param>
    public abstract Dictionary<string, string> PairLayers(IReadOnlyList<(string Layer, string Word, int[] Shape)> tensors, IReadOnlyList<LayerDescription> layers, NetworkDescription network);

    /// <summary>Our layer for a file's layer that a rename says is <paramref name="ours"/>, or null where the rename means another path.</summary>
    public virtual string? Renamed(string path, string layer, string ours, NetworkDescription network) => path == layer ? ours : null;

    /// <summary>What a weight may look like in a file; the first form is the usual one.</summary>
    public abstract IReadOnlyList<WeightForm> FormsOf(WeightDescription weight, LayerDescription layer, NetworkDescription network);

    /// <summary>Whether a tensor is state of the framework's that no network here has: never an error.</summary>
    public virtual bool IsIgnored(string name) => false;

    /// <summary>A weight's name without its layer's.</summary>
    protected static string WordOf(WeightDescription weight, LayerDescription layer) =>
        weight.Name.StartsWith(layer.Name + ".", StringComparison.Ordinal) ? weight.Name[(layer.Name.Length + 1)..] : weight.Name;
}
