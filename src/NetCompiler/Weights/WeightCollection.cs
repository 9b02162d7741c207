using System.Collections;
using System.ComponentModel;

namespace NetCompiler;

/// <summary>The weights of a network, by index and by name; a generated <c>WeightSet</c> adds one member per weight.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WeightCollection : IReadOnlyList<WeightView>
{
    private readonly WeightView[] _views;

    /// <summary>Shows the layouts of the trained weights over <paramref name="parameters"/> and, where given, those of the statistics over <paramref name="statistics"/>.</summary>
    /// <param name="parameters">The trained weights.</param>
    /// <param name="parameterLayouts">Their places.</param>
    /// <param name="statistics">The statistics; null for gradients, which have none.</param>
    /// <param name="statisticLayouts">Their places.</param>
    /// <param name="architectureHash">That of the network's description, which a file is compared with before the description is needed.</param>
    protected WeightCollection(WeightArena parameters, WeightLayout[] parameterLayouts, WeightArena? statistics, WeightLayout[] statisticLayouts, string? architectureHash = null)
    {
        ArchitectureHash = architectureHash;
        _views = new WeightView[parameterLayouts.Length + (statistics is null ? 0 : statisticLayouts.Length)];
        int count = 0;
        foreach (WeightLayout layout in parameterLayouts)
        {
            _views[count++] = new WeightView(parameters, layout);
        }

        if (statistics is not null)
        {
            foreach (WeightLayout layout in statisticLayouts)
            {
                _views[count++] = new WeightView(statistics, layout);
            }
        }
    }

    /// <summary>The number of weights.</summary>
    public int Count => _views.Length;

    /// <summary>The hash of everything that affects inference; null where the weights do not belong to a generated network.</summary>
    internal string? ArchitectureHash { get; }

    /// <summary>Whether all weights are the zeros that fresh memory is.</summary>
    internal bool IsUnwritten
    {
        get
        {
            for (int i = 0; i < _views.Length; i++)
            {
                if (_views[i].Arena.Version != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The weight at an index: trained ones first, then statistics, in the order of the declaration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public WeightView this[int index] => (uint)index < (uint)_views.Length ? _views[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {_views.Length} weights, counted from 0.");

    /// <summary>The weight with a name in files, as <c>dense1.kernel</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such weight; the message names those there are.</exception>
    public WeightView this[string fileName]
    {
        get
        {
            foreach (WeightView view in _views)
            {
                if (view.Name == fileName)
                {
                    return view;
                }
            }

            throw new KeyNotFoundException($"There is no weight \"{fileName}\". The network has {string.Join(", ", _views.Select(view => view.Name))}.");
        }
    }

    /// <summary>The place of the weight at an index.</summary>
    internal WeightLayout LayoutOf(int index) => _views[index].Layout;

    /// <summary>Says that unwritten weights have their values now, or makes them zeros again.</summary>
    internal void Finish(bool isWritten)
    {
        for (int i = 0; i < _views.Length; i++)
        {
            WeightArena arena = _views[i].Arena;
            if (isWritten)
            {
                arena.Touch();
            }
            else
            {
                arena.Span.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<WeightView> GetEnumerator() => ((IEnumerable<WeightView>)_views).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
