using NetCompiler.Generators.Declaration;
using NetCompiler.Generators.Graph.Losses;
using NetCompiler.Generators.Schedule;

namespace NetCompiler.Generators.Targets.CSharp;

/// <summary>What the source says of a kernel, which is named after its layer, its loss or an operation of a loss method: the attribute, or the expression.</summary>
internal sealed class LayerQuotes
{
    private readonly Dictionary<string, string> _sources = [];

    public LayerQuotes(NetworkSpec spec)
    {
        foreach (LayerSpec layer in spec.Layers)
        {
            Add(layer.Name, layer.Source);
        }

        for (int i = 0; i < spec.Losses.Count; i++)
        {
            LossSpec loss = spec.Losses[i];
            string name = "loss" + NumberText.Integer(i + 1);
            Add(name, loss.Method.Length > 0 ? $"Loss(nameof({loss.Method}))" : $"Loss(Loss.{loss.Kind})");
            foreach (LayerSpec operation in loss.Operations)
            {
                Add(TensorProgram.Origin(name, operation), operation.Source);
            }
        }
    }

    private void Add(string origin, string source)
    {
        string name = WeightPlanner.MemberName(origin);
        _sources[name] = !_sources.TryGetValue(name, out string? other) ? source : other.Contains(source) ? other : other + " and " + source;
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
