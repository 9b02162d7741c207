namespace NetCompiler;

/// <summary>
/// What the function of a search is given for one measurement: the values of a trial, its network with fresh weights, and the data. Functions run on several threads at once,
/// each with a run of its own.
/// </summary>
public sealed class TrialRun
{
    private readonly SearchOptions _options;
    private double _fraction;

    internal TrialRun(TrialTask task, TrialValues values, INetwork network, (Dataset Train, Dataset? Validation) data, SearchOptions options, CancellationToken cancellation)
    {
        Task = task;
        Values = values;
        Network = network;
        (Train, Validation) = data;
        CancellationToken = cancellation;
        _options = options;
    }

    /// <summary>The trial's number, counted from 0.</summary>
    public int Trial => Task.Trial;

    /// <summary>The value of every hyperparameter.</summary>
    public TrialValues Values { get; }

    /// <summary>The network with the trial's compile-time values, made with <see cref="Seed"/>; what is trained, and what a search returns.</summary>
    public INetwork Network { get; }

    /// <summary>The seed of the network, and for everything else that is random.</summary>
    public int Seed => Network.Seed;

    /// <summary>The samples to train on.</summary>
    public Dataset Train { get; }

    /// <summary>The samples to judge by; null where the best values are trained on all samples at the end, and no score is asked for.</summary>
    public Dataset? Validation { get; }

    /// <summary>Whether this is that last training.</summary>
    public bool IsRefit => Task.Fold == TrialTask.AllData;

    /// <summary>The fold that is held out, counted from 0; -1 where nothing is.</summary>
    public int Fold => Task.Fold;

    /// <summary>The number of epochs in all, where the search sets it (<see cref="Hyperband"/>); otherwise null.</summary>
    public int? Epochs => Task.Epochs;

    /// <summary>Of those, the number that <see cref="CheckpointPath"/> holds already, or 0.</summary>
    public int InitialEpoch => Task.InitialEpoch;

    /// <summary>
    /// Where <see cref="Hyperband"/> wants the training to be kept and continued from; otherwise null. <see cref="Fit"/> does both. A file that is missing is no error: training
    /// begins anew.
    /// </summary>
    public string? CheckpointPath { get; internal init; }

    /// <summary>Ends the search.</summary>
    public CancellationToken CancellationToken { get; }

    internal TrialTask Task { get; }

    /// <summary>Whether nothing else runs: then it may take all cores, and show itself.</summary>
    internal bool IsLast { get; init; }

    /// <summary>The share that is done, for the display.</summary>
    internal double Fraction => Volatile.Read(ref _fraction);

    /// <summary>
    /// Trains the network on <see cref="Train"/>, measured on <see cref="Validation"/>; with the search's epochs where it sets them, continued from where an earlier rung
    /// stopped, and canceled with the search.
    /// </summary>
    /// <param name="options">Everything else; without validation data, and silent unless it says otherwise.</param>
    /// <exception cref="ArgumentException">The options have validation data of their own, or do not fit the network.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged, of another training or further than this one, or cannot be written.</exception>
    public History Fit(FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ValidationData is not null || options.ValidationSplit > 0)
        {
            throw new ArgumentException($"The validation data of a trial is the search's: give it to {nameof(SearchOptions)}, not to {nameof(FitOptions)}.", nameof(options));
        }

        Callback[] backup = CheckpointPath is null ? [] : [new BackupAndRestore(CheckpointPath, deleteCheckpoint: false) { SavesOnlyAtEnd = true }];
        History history = Network.Fit(
            Train,
            options with
            {
                Epochs = Epochs ?? options.Epochs,
                ValidationData = Validation,
                Threads = IsLast ? options.Threads : 1,
                Callbacks = [.. options.Callbacks, .. backup],
                Progress = new Watch(this, options.Progress),
                Verbosity = options.Verbosity != Verbosity.Auto ? options.Verbosity : IsLast ? _options.Verbosity : Verbosity.Silent,
                Output = options.Output ?? _options.Output,
            },
            CancellationToken);

        // A file that an older search left behind, whose log is gone.
        return Epochs is not int epochs || history.Epochs <= epochs
            ? history
            : throw new CheckpointException($"The checkpoint {CheckpointPath} holds {history.Epochs} epochs, but trial {Trial} is to have {epochs}: it is not of this search; delete it.");
    }

    /// <summary>The value of the monitored series that belongs to the weights as they are: of the last epoch, or of the one that early stopping restored.</summary>
    internal double ScoreOf(History history, FitOptions options)
    {
        if (!history.Contains(_options.Monitor))
        {
            throw new ArgumentException($"The search watches \"{_options.Monitor}\", but the training measures {string.Join(", ", history.Names)}.");
        }

        EarlyStopping? restored = options.Callbacks.OfType<EarlyStopping>().LastOrDefault(callback => callback is { RestoreBestWeights: true, BestEpoch: >= 0 });
        return restored is null ? history.Last(_options.Monitor) : history[_options.Monitor][restored.BestEpoch];
    }

    private sealed class Watch(TrialRun run, IProgress<TrainingProgress>? inner) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            double done = value.Fraction;
            if (run.Epochs is int epochs && run.InitialEpoch > 0)
            {
                done = ((done * epochs) - run.InitialEpoch) / (epochs - run.InitialEpoch);
            }

            Volatile.Write(ref run._fraction, Math.Clamp(done, 0, 1));
            inner?.Report(value);
        }
    }
}
