namespace NetCompiler;

/// <summary>A search was canceled. Every task that had ended is kept, and in the log where there is one: run again, the search goes on.</summary>
public sealed class SearchCanceledException : OperationCanceledException
{
    internal SearchCanceledException(IReadOnlyList<Trial> trials, CancellationToken cancellationToken)
        : base($"The search was canceled after {trials.Count} {(trials.Count == 1 ? "trial" : "trials")}.", cancellationToken)
        => Trials = trials;

    /// <summary>The trials that were measured.</summary>
    public IReadOnlyList<Trial> Trials { get; }
}

/// <summary>No trial of a search has a score, or the last training of the best one failed; the message says why.</summary>
public sealed class SearchFailedException : Exception
{
    internal SearchFailedException(IReadOnlyList<Trial> trials)
        : base($"All {trials.Count} trials failed. Trial {trials[0].Number} ({trials[0].Values}): {trials[0].Failure}")
        => Trials = trials;

    internal SearchFailedException(IReadOnlyList<Trial> trials, Trial best, Exception failure)
        : base(
            $"Of {trials.Count} trials, {best.Number} is the best ({best.Values}), but its last training failed: {failure.Message} On all samples there is no validation: {nameof(TrialRun)}.{nameof(TrialRun.IsRefit)} tells of it, and {nameof(SearchOptions)}.{nameof(SearchOptions.Refit)} = false leaves it out.",
            failure)
        => Trials = trials;

    /// <summary>The trials, with the reason of each.</summary>
    public IReadOnlyList<Trial> Trials { get; }
}

/// <summary>A log of trials is damaged, belongs to another search or cannot be written; the message says which. What it holds stays as it is.</summary>
public sealed class TrialLogException : Exception
{
    /// <summary>Says what was found and what was expected.</summary>
    public TrialLogException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
