namespace NetCompiler.Generators.Declaration.Functional;

/// <summary>The layers of the first call of a shared block, by index in the order of their reading; later calls use their weights one by one.</summary>
internal sealed class SharedLayers
{
    public List<int> Layers { get; } = [];

    /// <summary>Whether the first call is over.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The name that the first call got, for later ones.</summary>
    public string Prefix { get; set; } = "";
}
