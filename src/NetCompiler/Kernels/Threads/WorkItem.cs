using System.ComponentModel;

namespace NetCompiler;

/// <summary>Work in parts that do not depend on each other. Made once and run often, so that a run allocates nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WorkItem
{
    /// <summary>Does one part; called on any thread, and for different parts at the same time.</summary>
    /// <param name="part">From 0 to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">How many parts the work was cut into.</param>
    public abstract void Execute(int part, int parts);
}
