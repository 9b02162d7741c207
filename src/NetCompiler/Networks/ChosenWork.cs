using System.ComponentModel;

namespace NetCompiler;

/// <summary>Work that threads share where that takes less time than to do it alone, as long as nobody else needs their cores. Belongs to one caller at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChosenWork : WorkItem
{
    private readonly ThreadChoice _choice = new();

    /// <summary>Whether to share this call.</summary>
    /// <param name="samples">The samples of the call.</param>
    public bool Begin(int samples) => _choice.Begin(samples);

    /// <summary>Ends the call, whichever way it was made.</summary>
    public void End() => _choice.End();
}
