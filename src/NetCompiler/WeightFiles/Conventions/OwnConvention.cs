namespace NetCompiler;

/// <summary>Our own names and shapes: everything means itself.</summary>
internal sealed class OwnConvention : FileConvention
{
    public override char Separator => '.';

    public override (string Layer, string Word) Split(string name)
    {
        int end = name.LastIndexOf('.');
        return end < 0 ? ("", name) : (name[..end], name[(end + 1)..]);
    }

    public override Dictionary<string, string> PairLayers(IReadOnlyList<(string Layer, string Word, int[] Shape)> tensors, IReadOnlyList<LayerDescription> layers, NetworkDescription network) => [];

    public override IReadOnlyList<WeightForm> FormsOf(WeightDescription weight, LayerDescription layer, NetworkDescription network) =>
        [WeightForm.Same(weight.Name, [.. weight.Shape], WordOf(weight, layer))];
}
