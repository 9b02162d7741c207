namespace NetCompiler;

/// <summary>How a network is trained. Defaults are Keras's.</summary>
public sealed record FitOptions
{
    private readonly IReadOnlyList<BatchTransform> _transforms = [];
    private readonly IReadOnlyList<Callback> _callbacks = [];
    private readonly IReadOnlyList<string> _frozen = [];

    /// <summary>The number of passes over the data; at least 1. Default: 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The number of samples per step; at least 1. The last batch of an epoch may be smaller. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The optimizer; null means <see cref="Adam"/> with its defaults.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>Sets the learning rate of every step, instead of the optimizer's; not together with a callback that sets it too.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>The share of the training data, its last samples before any shuffling, that is held out for validation: at least 0 and below 1. Default: 0.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Data for validation after every epoch, instead of a split.</summary>
    public Dataset? ValidationData { get; init; }

    /// <summary>Whether every epoch has an order of its own: a function of the seed and the epoch alone. A stream keeps its own, as in Keras: see <see cref="Dataset.Shuffle"/>. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the orders, of dropout and of noise; null means the network's.</summary>
    public int? Seed { get; init; }

    /// <summary>Factors of the losses of samples by class: the class index, the place of the largest of several targets, or 0 and 1 for one float target. Classes that are not named count 1.</summary>
    public IReadOnlyDictionary<int, double>? ClassWeights { get; init; }

    /// <summary>What changes the samples of every training batch, in this order, before the step: augmentation. Validation data stays as it is. Default: none.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IReadOnlyList<BatchTransform> Transforms
    {
        get => _transforms;
        init => _transforms = value ?? throw new ArgumentNullException(nameof(Transforms));
    }

    /// <summary>What is told of every epoch and batch. Default: none.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IReadOnlyList<Callback> Callbacks
    {
        get => _callbacks;
        init => _callbacks = value ?? throw new ArgumentNullException(nameof(Callbacks));
    }

    /// <summary>
    /// A checkpoint that training goes on from, as <see cref="BackupAndRestore"/> wrote it: with its weights, optimizer, history, epoch and batch. <see cref="Epochs"/> counts those that are done.
    /// The file has to exist, and is left as it is. Null means from the beginning, or from the file of a <see cref="BackupAndRestore"/> among the callbacks, which comes first.
    /// </summary>
    public string? ResumeFrom { get; init; }

    /// <summary>Values of the losses' run-time settings, by name; names are compared without case.</summary>
    public IReadOnlyDictionary<string, double>? Settings { get; init; }

    /// <summary>
    /// The names of layers and blocks that are not trained: their parameters stay as they are. The moving statistics of a normalization in them follow the batches all the
    /// same, as in PyTorch; Keras would keep them. Default: none.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IReadOnlyList<string> Frozen
    {
        get => _frozen;
        init => _frozen = value ?? throw new ArgumentNullException(nameof(Frozen));
    }

    /// <summary>The number of threads at most that share each step; 0 means all cores. Results never depend on it: every sum has one order. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>What is measured beside the loss; null means the usual metric of each loss.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>Is told of every batch, of a validation's batches too once it takes more than two seconds, and of its end.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>What is written to the console. Default: <see cref="Verbosity.Auto"/>.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Auto;

    /// <summary>Where the lines are written instead of the console; a writer shows no progress bar.</summary>
    public TextWriter? Output { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        if (!(ValidationSplit is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ValidationSplit), ValidationSplit, "The validation split must be at least 0 and below 1.");
        }

        Elements.Require(Transforms, nameof(Transforms));
        Elements.Require(Callbacks, nameof(Callbacks));
        Elements.Require(Frozen, nameof(Frozen));
        Elements.Require(Metrics ?? [], nameof(Metrics));
        string[] setters = [.. Schedule is null ? Array.Empty<string>() : [nameof(Schedule)], .. Callbacks.Where(callback => callback.SetsLearningRate).Select(callback => callback.GetType().Name)];
        if (setters.Length > 1)
        {
            throw new ArgumentException($"{setters[0]} and {setters[1]} would both set the learning rate; give one of them.");
        }

        if (ValidationSplit > 0 && ValidationData is not null)
        {
            throw new ArgumentException($"{nameof(ValidationSplit)} and {nameof(ValidationData)} were both given; give one of them.");
        }
    }
}
