namespace NetCompiler;

/// <summary>What is measured beside the loss: settings that can be shared; the running sums are in the state that it makes.</summary>
public abstract record Metric
{
    /// <summary>Names the metric as it appears in a history.</summary>
    protected Metric(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name in <see cref="History"/> and <see cref="Evaluation"/>: accuracy, mae. No other series may have it: neither the loss, nor one of the validation, nor a learning rate that is set.</summary>
    public string Name { get; init; }

    /// <summary>The index of the output that is judged.</summary>
    public int Output { get; init; }

    /// <summary>The index of the target that it is compared with.</summary>
    public int Target { get; init; }

    /// <summary>
    /// Which values are better, for what watches the metric with <see cref="MonitorMode.Auto"/>: a metric of one's own overrides it. Auto where it does not say; then whoever
    /// watches it has to.
    /// </summary>
    public virtual MonitorMode Direction => MonitorMode.Auto;

    /// <summary>Whether every output is judged by itself, so that a class needs one output, or two of which the second counts.</summary>
    internal virtual bool JudgesScores => false;

    /// <summary>Whether the place of the largest output is judged, so that rows of one output have nothing to choose from.</summary>
    internal virtual bool JudgesLargest => false;

    /// <summary>Makes empty running sums.</summary>
    public abstract MetricState CreateState();

    /// <summary>The metric of all samples at once.</summary>
    /// <exception cref="ArgumentException">Outputs and targets do not belong together.</exception>
    public double Compute(in MetricBatch samples)
    {
        MetricState state = CreateState();
        state.Add(samples);
        return state.Value;
    }
}

/// <summary>The running sums of a metric over batches.</summary>
public abstract class MetricState
{
    /// <summary>The metric of everything added since <see cref="Reset"/>; NaN where it is not defined, as without samples.</summary>
    public abstract double Value { get; }

    /// <summary>Forgets everything.</summary>
    public abstract void Reset();

    /// <summary>Adds a batch.</summary>
    /// <exception cref="ArgumentException">Outputs and targets do not belong together.</exception>
    public abstract void Add(in MetricBatch batch);

    /// <summary>Writes the running sums into a checkpoint in the middle of an epoch.</summary>
    /// <exception cref="NotSupportedException">The metric's own class does not say how: such a training is saved at the ends of epochs only.</exception>
    public virtual void SaveState(SavedState state) => throw new NotSupportedException(NoStateMessage());

    /// <summary>Takes back what <see cref="SaveState"/> wrote.</summary>
    /// <exception cref="NotSupportedException">The metric's own class does not say how.</exception>
    /// <exception cref="CheckpointException">A value is missing or does not fit.</exception>
    public virtual void RestoreState(SavedState state) => throw new NotSupportedException(NoStateMessage());

    private string NoStateMessage() => $"{GetType()} does not override {nameof(SaveState)} and {nameof(RestoreState)}, which checkpoints in the middle of an epoch need.";
}
