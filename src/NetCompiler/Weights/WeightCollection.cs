using System.Collections;
using System.ComponentModel;

namespace NetCompiler;

/// <summary>The weights of a network, by index and by name; a generated <c>WeightSet</c> adds one member per weight.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WeightCollection : IReadOnlyList<WeightView>
{
    private readonly WeightView[] _views;

    /// <summary>Shows the layouts of the trained weights over <paramref name="parameters"/> and, where given, those of the statistics over <paramref name="statistics"/>.</summary>
    protected WeightCollection(WeightArena parameters, WeightLayout[] parameterLayouts, WeightArena? statistics, WeightLayout[] statisticLayouts)
    {
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

    /// <summary>The weight at an index: trained ones first, then statistics, in the order of the declaration.</summary>
    public WeightView this[int index] => _views[index];

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

    /// <inheritdoc/>
    public IEnumerator<WeightView> GetEnumerator() => ((IEnumerable<WeightView>)_views).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
