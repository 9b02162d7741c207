namespace NetCompiler;

/// <summary>A running training, as callbacks see it; one object for the whole training.</summary>
public sealed class FitContext
{
    internal FitContext(ITraining training, OptimizerState optimizer, MetricSet metrics, FitOptions options)
    {
        Training = training;
        Optimizer = optimizer;
        Metrics = new RunningMetrics(metrics);
        Options = options;
    }

    /// <summary>The network.</summary>
    public INetwork Network => Training.Network;

    /// <summary>How the network is trained.</summary>
    public FitOptions Options { get; }

    /// <summary>Its training.</summary>
    public ITraining Training { get; }

    /// <summary>The optimizer's state; a schedule writes its learning rate.</summary>
    public OptimizerState Optimizer { get; }

    /// <summary>What was measured; in <see cref="Callback.OnEpochEnd"/> it holds the epoch that ends.</summary>
    public History History { get; } = new();

    /// <summary>The number of epochs asked for.</summary>
    public int Epochs => Options.Epochs;

    /// <summary>The number of batches of an epoch; 0 in the first epoch of a stream whose length is not known.</summary>
    public int Batches { get; internal set; }

    /// <summary>The current epoch, counted from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The current batch, counted from 0.</summary>
    public int Batch { get; internal set; }

    /// <summary>The number of samples of the current batch.</summary>
    public int BatchCount { get; internal set; }

    /// <summary>The loss of the last batch, before its update.</summary>
    public float BatchLoss { get; internal set; }

    /// <summary>The mean loss of the epoch so far.</summary>
    public double Loss { get; internal set; }

    /// <summary>The loss, as <c>loss</c>, and the metrics of the epoch so far, by name, as they are when they are read: what Keras calls the logs of a batch.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>Whether this training goes on from a checkpoint; in <see cref="Callback.OnTrainBegin"/> a file of the callback's is then continued instead of begun.</summary>
    public bool IsResumed { get; internal set; }

    /// <summary>Where a callback tells what it does: above or below the progress bar, among the lines of the epochs.</summary>
    internal FitDisplay? Display { get; set; }

    /// <summary>Tells, in a line, what a callback that was asked to does; nothing with <see cref="Verbosity.Silent"/>.</summary>
    internal void Tell(string line)
    {
        // A loop of one's own has no display.
        FitDisplay display = Display ?? new FitDisplay(Options.Verbosity == Verbosity.Silent ? null : Options.Output ?? Console.Out);
        display.Tell(FormattableString.Invariant($"epoch {Epoch + 1}/{Epochs}  {line}"));
    }

    /// <summary>The time before a batch of this epoch. The first epoch of a stream whose length is not known has no end in sight: it stays at its beginning, counted in epochs.</summary>
    internal ScheduleTime TimeOf(int batch) => Batches > 0 ? new(((long)Epoch * Batches) + batch, Batches) : new(batch, int.MaxValue);

    /// <summary>The number of batches of a validation; 0 without, and in the first epoch for a stream whose length is not known.</summary>
    internal int ValidationBatches { get; set; }

    /// <summary>The number of validation batches that are measured; 0 outside of validation.</summary>
    internal int ValidationBatch { get; set; }

    /// <summary>Ends training after this batch; the epoch is closed as usual. Set before an epoch's first batch, the epoch does not take place.</summary>
    public bool StopTraining { get; set; }
}
