using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>The expression of a Forward method behind a kernel, which is named after its layer. Attributes are in the table of layers.</summary>
internal sealed class LayerQuotes
{
    private readonly Dictionary<string, string> _sources = [];

    public LayerQuotes(NetworkSpec spec)
    {
        foreach (LayerSpec layer in spec.IsFunctional ? spec.Layers : default)
        {
            string name = WeightPlanner.MemberName(layer.Name);
            _sources[name] = !_sources.TryGetValue(name, out string? other) ? layer.Source : other.Contains(layer.Source) ? other : other + " and " + layer.Source;
        }
    }

    /// <summary>The comment above a kernel, or nothing.</summary>
    public string? Of(string kernel)
    {
        // What follows a layer's name begins with a letter, so that the longest name that fits is the layer's.
        for (int length = kernel.Length; length > 0; length--)
        {
            if (_sources.TryGetValue(kernel.Substring(0, length), out string? source))
            {
                return "// " + source;
            }
        }

        return null;
    }
}
