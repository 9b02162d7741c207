using System.ComponentModel;
using System.Numerics;

namespace NetCompiler;

/// <summary>
/// Work that threads share where that takes less time than to do it alone, as long as nobody else needs their cores. Calls of about as many samples choose together: what
/// pays for many may not pay for a few. Belongs to one caller at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChosenWork : WorkItem
{
    // The least that a part is: some 5 us of products, several times what waking a thread that still spins takes; of a training's forward half, with twice as much behind them.
    private const double ProductsPerPart = 262_144;

    // From four tiles of rows on a part is whole tiles: what is left of one costs as much as all of it.
    private const int RowTile = 16;
    private const int LeastTiledRows = 64;

    private readonly ThreadChoice[] _choices = [.. Enumerable.Range(0, 32).Select(_ => new ThreadChoice())];
    private ThreadChoice? _current;

    /// <summary>The parts that are worth a thread each: at least 1, at most one per sample.</summary>
    /// <param name="samples">The samples of a call.</param>
    /// <param name="threads">The threads at most.</param>
    /// <param name="productsPerSample">About how many products a sample takes.</param>
    public static int PartsOf(int samples, int threads, long productsPerSample) =>
        threads == 1 ? 1 : (int)Math.Max(1, Math.Min(Math.Min(threads, samples), (double)samples * productsPerSample / ProductsPerPart));

    /// <summary>The samples of one part: the first, and how many.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">The number of parts.</param>
    protected static (int First, int Count) SamplesOf(int samples, int part, int parts)
    {
        int share = (int)(((long)samples + parts - 1) / parts);
        share = share < LeastTiledRows ? share : (share + RowTile - 1) / RowTile * RowTile;
        int first = (int)Math.Min((long)part * share, samples);
        return (first, Math.Min(share, samples - first));
    }

    /// <summary>Whether to share this call.</summary>
    /// <param name="samples">The samples of the call, at least 1.</param>
    public bool Begin(int samples)
    {
        _current = _choices[BitOperations.Log2((uint)samples)];
        return _current.Begin(samples);
    }

    /// <summary>Ends the call, whichever way it was made.</summary>
    public void End() => _current?.End();
}
