namespace NetCompiler;

/// <summary>Trains and evaluates any network.</summary>
public static class NetworkTraining
{
    private const int EvaluationBatchSize = 128;

    /// <summary>Trains a network on a data set. Same binary, vector width, seed and data: the same weights to the bit, for any number of threads.</summary>
    /// <param name="network">The network whose weights are trained.</param>
    /// <param name="train">Its samples.</param>
    /// <param name="options">How; null means all defaults.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <returns>Loss and metrics of every epoch.</returns>
    /// <exception cref="ArgumentException">The data set, a setting, a metric, a class weight, a transform, the series of a callback or the name of a frozen layer does not fit the network; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of its range; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    /// <exception cref="TrainingCanceledException">The token was canceled; the weights are those of the last completed step, unless a callback restored better ones.</exception>
    /// <exception cref="CheckpointException">The checkpoint that training was to go on from is damaged or belongs to another training, or one cannot be written, and nothing was changed; or training could not be saved.</exception>
    /// <exception cref="IOException">A callback's file cannot be written: found out before the first batch, when nothing is changed, or later.</exception>
    /// <exception cref="SampleException">A sample could not be read; the weights are those of the last completed step.</exception>
    /// <exception cref="NonFiniteLossException">A loss, of a batch or of the validation, or a weight after the last update is NaN or infinite.</exception>
    public static History Fit(this INetwork network, Dataset train, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new FitOptions();
        options.Check();
        RequireData(network, train, nameof(train));
        RequireLoss(network);
        Dataset? validation = options.ValidationData;
        if (validation is not null)
        {
            RequireData(network, validation, nameof(FitOptions.ValidationData));
        }

        if (options.ValidationSplit > 0)
        {
            (train, validation) = train.Split(options.ValidationSplit);
        }

        train = TrainingSetup.ApplyClassWeights(train, options.ClassWeights);
        int batchSize = Math.Min(options.BatchSize, Math.Max(train.KnownCount ?? options.BatchSize, validation is null ? 0 : validation.KnownCount ?? options.BatchSize));
        using ITraining training = network.CreateTraining(batchSize, options.Threads, options.Seed);
        TrainingSetup.ApplySettings(training, options.Settings);
        if (options.Frozen.Count > 0)
        {
            training.Freeze([.. options.Frozen]);
        }

        return new FitLoop(network, training, train, validation, options, cancellationToken).Run();
    }

    /// <summary>As <see cref="Fit"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="Fit"/>
    public static async Task<History> FitAsync(this INetwork network, Dataset train, FitOptions? options = null, CancellationToken cancellationToken = default)
        => await Task.Factory.StartNew(
            () => network.Fit(train, options, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default).ConfigureAwait(false);

    /// <summary>Measures the loss and the metrics of a network over a data set, in inference mode; no weight changes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Its samples.</param>
    /// <param name="batchSize">The number of samples computed at once; at least 1.</param>
    /// <param name="threads">The number of threads at most that share each batch; 0 means all cores. Results never depend on it.</param>
    /// <param name="metrics">What is measured beside the loss; null means the usual metric of each loss.</param>
    /// <param name="settings">Values of the losses' run-time settings, by name without case.</param>
    /// <param name="progress">Is told of every batch.</param>
    /// <param name="verbosity">What is written to the console: a progress bar once two seconds have passed, or a line at the end.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches.</param>
    /// <exception cref="ArgumentException">The data set, a setting or a metric does not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    /// <exception cref="SampleException">A sample could not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Evaluation Evaluate(
        this INetwork network,
        Dataset data,
        int batchSize = EvaluationBatchSize,
        int threads = 0,
        IReadOnlyList<Metric>? metrics = null,
        IReadOnlyDictionary<string, double>? settings = null,
        IProgress<EvaluationProgress>? progress = null,
        Verbosity verbosity = Verbosity.Auto,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        RequireData(network, data, nameof(data));
        RequireLoss(network);
        MetricSet measured = new(network, metrics);
        using ITraining training = network.CreateTraining(Math.Min(batchSize, data.KnownCount ?? batchSize), threads);
        TrainingSetup.ApplySettings(training, settings);
        using Evaluator evaluator = new(data, measured, training.BatchSize);
        EvaluationRun run = new(training, evaluator, progress, cancellationToken);
        return run.Run(EvaluationDisplay.Create(verbosity));
    }

    private static void RequireData(INetwork network, Dataset data, string argument)
    {
        ArgumentNullException.ThrowIfNull(data, argument);
        data.Schema.RequireFits(network.Description, argument);
        if (data.KnownCount == 0)
        {
            throw new ArgumentException("The data set has no samples.", argument);
        }
    }

    private static void RequireLoss(INetwork network)
    {
        if (network.Description.Losses.Count == 0)
        {
            throw new InvalidOperationException($"{network.Description.Name} has no loss; it is trained through its Training.Backward.");
        }
    }
}
