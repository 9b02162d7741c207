using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>Reads a layer's options by name; a missing one is a mistake of ours, since the reader fills in all defaults.</summary>
internal static class LayerOptions
{
    public static OptionSpec Option(this LayerSpec layer, string name)
    {
        foreach (OptionSpec option in layer.Options)
        {
            if (option.Name == name)
            {
                return option;
            }
        }

        throw new InvalidOperationException($"{layer.Kind} {layer.Name} has no option {name}.");
    }

    public static int Integer(this LayerSpec layer, string name) => (int)layer.Option(name).Number;

    public static double Real(this LayerSpec layer, string name) => layer.Option(name).Number;

    public static bool Boolean(this LayerSpec layer, string name) => layer.Option(name).Number != 0;

    /// <summary>The member's name without the enumeration's: Relu.</summary>
    public static string Enumeration(this LayerSpec layer, string name)
    {
        string text = layer.Option(name).Text;
        return text.Substring(text.IndexOf('.') + 1);
    }

    public static EquatableArray<int> Integers(this LayerSpec layer, string name) => layer.Option(name).Integers;
}
