namespace NetCompiler;

/// <summary>One combination of values, and how well it does.</summary>
public sealed record Trial
{
    internal Trial(int number, int seed, TrialValues values, NetworkVariant variant, IReadOnlyList<TrialScore> scores)
        => (Number, Seed, Values, Variant, Scores) = (number, seed, values, variant, scores);

    /// <summary>The trial's number, counted from 0; of two equally good ones the lower is better.</summary>
    public int Number { get; }

    /// <summary>The seed of its network and training.</summary>
    public int Seed { get; }

    /// <summary>The value of every hyperparameter.</summary>
    public TrialValues Values { get; }

    /// <summary>The network with its compile-time values.</summary>
    public NetworkVariant Variant { get; }

    /// <summary>Every measurement: one per fold, or one per rung that <see cref="Hyperband"/> promoted it to.</summary>
    public IReadOnlyList<TrialScore> Scores { get; }

    /// <summary>The mean over the folds, or the best of the rungs; NaN where a measurement failed.</summary>
    public double Score { get; internal init; }

    /// <summary>The standard deviation over the folds (of all of them, not an estimate from a sample); 0 without folds.</summary>
    public double StandardDeviation { get; internal init; }

    /// <summary>The number of epochs after which <see cref="Score"/> was measured, where the search sets it; otherwise null.</summary>
    public int? Epochs { get; internal init; }

    /// <summary>The number of epochs that it was trained for in all, where the search sets it; otherwise null.</summary>
    public int? TrainedEpochs => Scores.Max(score => score.Epochs);

    /// <summary>The time that its measurements took together.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Why the first of the measurements that failed did; otherwise null. A failed trial cannot win.</summary>
    public string? Failure => Scores.FirstOrDefault(score => score.Failure is not null)?.Failure;
}
