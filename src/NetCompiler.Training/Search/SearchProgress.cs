namespace NetCompiler;

/// <summary>Where a search stands.</summary>
/// <param name="Done">The number of tasks that are done: trials, folds of trials, or rungs of trials, and the training of the best values on all samples (<see cref="SearchOptions.Refit"/>); those of a log included.</param>
/// <param name="Count">The number of tasks in all; fewer where trials fail.</param>
/// <param name="Failed">The number of trials that failed.</param>
/// <param name="Best">The best trial so far, or null.</param>
/// <param name="Fraction">The share of the work that is done, what runs included.</param>
/// <param name="Elapsed">The time since the search began or went on.</param>
public readonly record struct SearchProgress(int Done, int Count, int Failed, Trial? Best, double Fraction, TimeSpan Elapsed)
{
    /// <summary>
    /// Before the first task, how far the reading of the classes has come by which samples are divided evenly (<see cref="SearchOptions.Stratified"/>), where that takes more than two
    /// seconds; null from then on.
    /// </summary>
    public DataProgress? Division { get; init; }

    /// <summary>The share that a log held.</summary>
    internal double FractionBefore { get; init; }

    /// <summary>The time that the rest will take at the speed so far; <see cref="TimeSpan.MaxValue"/> where nothing tells.</summary>
    public TimeSpan Remaining
    {
        get
        {
            double own = Fraction - FractionBefore;
            return Fraction >= 1 ? TimeSpan.Zero : own > 0 && (1 - Fraction) / own < 1e9 ? Elapsed * ((1 - Fraction) / own) : TimeSpan.MaxValue;
        }
    }
}
