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
    private readonly ThreadChoice[] _choices = [.. Enumerable.Range(0, 32).Select(_ => new ThreadChoice())];
    private ThreadChoice? _current;

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
