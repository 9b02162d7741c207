namespace NetCompiler;

/// <summary>Trains and evaluates any network, and predicts with it over data sets.</summary>
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
    /// <exception cref="InvalidOperationException">The network has no loss, or another Fit of it has not ended, as where a callback calls Fit: one at a time trains a network. Different networks may be trained at once.</exception>
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
        TrainingSetup.RequireData(network, train, nameof(train));
        TrainingSetup.RequireLoss(network);
        Dataset? validation = options.ValidationData;
        if (validation is not null)
        {
            TrainingSetup.RequireData(network, validation, nameof(FitOptions.ValidationData));
        }

        if (options.ValidationSplit > 0)
        {
            (train, validation) = train.Split(options.ValidationSplit);
        }

        train = TrainingSetup.ApplyClassWeights(train, options.ClassWeights);
        int? most = validation is null ? train.KnownCount : train.KnownCount is int count && validation.KnownCount is int validated ? Math.Max(count, validated) : null;
        using RunningFit running = new(network);
        using ITraining training = TrainingSetup.CreateTraining(network, most, options);
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
        TrainingSetup.RequireData(network, data, nameof(data));
        TrainingSetup.RequireLoss(network);
        MetricSet measured = new(network, metrics);
        using ITraining training = network.CreateTraining(Math.Min(batchSize, data.KnownCount ?? batchSize), threads);
        TrainingSetup.ApplySettings(training, settings);
        using Evaluator evaluator = new(data, measured, training.BatchSize);
        EvaluationRun run = new(training, evaluator, progress, cancellationToken);
        return run.Run(WorkDisplay.Create(verbosity));
    }

    /// <summary>
    /// Predicts all samples of a data set, in inference mode: Keras's predict. Its targets and sample weights are not looked at, and the network needs no loss.
    /// Samples in an array are predicted by the generated <c>Predict</c> too; this one takes whatever a data set is made of, shows itself and can be canceled.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Its samples.</param>
    /// <param name="batchSize">The number of samples computed at once; at least 1. The values depend on it by rounding only.</param>
    /// <param name="threads">The number of threads at most; 0 means all cores. The values are the same bits for any number.</param>
    /// <param name="progress">Is told of every batch.</param>
    /// <param name="verbosity">What is written to the console: a progress bar once two seconds have passed, or a line at the end.</param>
    /// <param name="cancellationToken">Ends the prediction between two batches.</param>
    /// <returns>One array per output in the order of the declaration: for each sample, in the order of the data set, as many values as the output has.</returns>
    /// <exception cref="ArgumentException">The data set has no samples or was made for another network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OverflowException">An output would have more values than an array holds: predict parts of the data set.</exception>
    /// <exception cref="InvalidDataException">The data is a stream without a sample.</exception>
    /// <exception cref="SampleException">A sample could not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static float[][] Predict(
        this INetwork network,
        Dataset data,
        int batchSize = EvaluationBatchSize,
        int threads = 0,
        IProgress<PredictionProgress>? progress = null,
        Verbosity verbosity = Verbosity.Auto,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        TrainingSetup.RequireData(network, data, nameof(data));
        WorkDisplay display = WorkDisplay.Create(verbosity);
        using PredictionRun run = new(network, data, Math.Min(batchSize, data.KnownCount ?? batchSize), threads, progress, cancellationToken);
        return run.Run(display);
    }
}
