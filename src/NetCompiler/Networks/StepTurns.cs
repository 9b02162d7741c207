using System.ComponentModel;

namespace NetCompiler;

/// <summary>
/// Whether a step of a recurrent network goes through its weights from the last to the first: every other one of a thread does, and finds in the nearest cache what the
/// step before it read last. Results never depend on it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepTurns
{
    // Of the thread, as the cache is its core's; threads that share a network have nothing to write in common.
    [ThreadStatic]
    private static bool _isTurned;

    /// <summary>The direction of the next step.</summary>
    public static bool Next() => _isTurned = !_isTurned;
}
