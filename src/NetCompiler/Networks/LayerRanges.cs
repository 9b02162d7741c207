using System.ComponentModel;

namespace NetCompiler;

/// <summary>The ranges of a training's parameters and which of them are frozen, by the names of layers. Generated trainings hold one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayerRanges
{
    private readonly string[] _layers;
    private readonly int[] _owners;
    private readonly ParameterRange[] _ranges;

    /// <summary>Starts with nothing frozen.</summary>
    /// <param name="layers">The names of all layers.</param>
    /// <param name="owners">For every range the index of its layer.</param>
    /// <param name="ranges">One range per trained weight.</param>
    public LayerRanges(string[] layers, int[] owners, ParameterRange[] ranges)
    {
        _layers = layers;
        _owners = owners;
        _ranges = ranges;
    }

    /// <summary>The ranges as they are now.</summary>
    public ReadOnlySpan<ParameterRange> Ranges => _ranges;

    /// <summary>Freezes or frees the weights of the named layers; without names, of all. A block's name means everything in it.</summary>
    /// <exception cref="ArgumentException">A name is no layer's and no block's; nothing was changed.</exception>
    public void SetFrozen(ReadOnlySpan<string> layers, bool isFrozen)
    {
        foreach (string name in layers)
        {
            if (!Array.Exists(_layers, layer => IsIn(layer, name)))
            {
                string[] blocks = [.. _layers.SelectMany(layer => Enumerable.Range(0, layer.Length).Where(end => layer[end] == '.').Select(end => layer[..end])).Distinct()];
                string nearest = NearestName.Find(name ?? "", _layers.Concat(blocks)) is string near ? $"; the nearest name is {near}" : "";
                string inBlocks = blocks.Length == 0 ? "" : $", in {(blocks.Length == 1 ? "the block" : "the blocks")} {string.Join(", ", blocks)}";
                throw new ArgumentException($"There is no layer or block \"{name}\"{nearest}. The network has {string.Join(", ", _layers)}{inBlocks}.", nameof(layers));
            }
        }

        for (int i = 0; i < _ranges.Length; i++)
        {
            if (layers.IsEmpty || IsIn(_layers[_owners[i]], layers))
            {
                _ranges[i] = _ranges[i] with { IsFrozen = isFrozen };
            }
        }
    }

    private static bool IsIn(string layer, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (IsIn(layer, name))
            {
                return true;
            }
        }

        return false;
    }

    // Blocks prefix their layers: read1 holds read1.lstm1 and read1.dense1.
    private static bool IsIn(string layer, string name) =>
        layer == name || (name is not null && layer.Length > name.Length && layer[name.Length] == '.' && layer.StartsWith(name, StringComparison.Ordinal));
}
