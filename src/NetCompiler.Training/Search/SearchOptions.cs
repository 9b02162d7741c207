namespace NetCompiler;

/// <summary>How a search judges trials, and where it keeps them.</summary>
public sealed record SearchOptions
{
    private readonly string _monitor = "val_loss";

    /// <summary>The seed of everything: the values and the seed of a trial depend on it and the trial's number alone, the folds on it alone.</summary>
    public int Seed { get; init; }

    /// <summary>The name of the score: for <see cref="HyperparameterSearch.Fit"/> the series of the history that is watched, for a function of one's own what it gives.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string Monitor
    {
        get => _monitor;
        init => _monitor = value ?? throw new ArgumentNullException(nameof(Monitor));
    }

    /// <summary>Which scores are better. Auto goes by the name alone: a name that it does not know is refused before the search begins.</summary>
    public MonitorMode Mode { get; init; } = MonitorMode.Auto;

    /// <summary>Without folds, the share of the data, its last samples, that is held out to judge by: above 0 and below 1.</summary>
    public double ValidationSplit { get; init; } = 0.2;

    /// <summary>Without folds, the data to judge by, instead of a split.</summary>
    public Dataset? ValidationData { get; init; }

    /// <summary>
    /// Whether every class, as the first target says it, has its share in every fold; without folds, in what is held out, which then is chosen by chance. Null means with folds
    /// of a classifier, as scikit-learn's: where the first target is judged by a cross-entropy, hinge or perceptron loss and says one class per sample; otherwise not.
    /// </summary>
    public bool? Stratified { get; init; }

    /// <summary>
    /// Whether the best values are trained once more, on all samples, and that network is returned. Null means with folds, as scikit-learn's; without, the network that reached
    /// the best score is returned.
    /// </summary>
    public bool? Refit { get; init; }

    /// <summary>The number of trials that run at the same time; 0 means one per core. Results never depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// The folder of the search, made where it is missing: with the log of trials, from which the same search goes on when it is run again, the best weights so far, and what
    /// promoted trials continue from. What cannot be seen from there must be the same too: the samples themselves, and what trials are trained by beside their values. Null keeps nothing.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Is told, on the thread that searches, of every task that ends, and several times a second once two seconds have passed.</summary>
    public IProgress<SearchProgress>? Progress { get; init; }

    /// <summary>What is written to the console: a progress bar once two seconds have passed, or a line per task.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Auto;

    /// <summary>Where the lines are written instead of the console; a writer shows no progress bar.</summary>
    public TextWriter? Output { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        if (!(ValidationSplit is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ValidationSplit), ValidationSplit, "The validation split must be above 0 and below 1.");
        }
    }
}
