namespace NetCompiler;

/// <summary>
/// The running loss and metrics of one pass over a data set, read from the outputs and staged targets of a training. Steps that are padding count in no metric. Adding a batch allocates
/// nothing, once there was one as large.
/// </summary>
public sealed class MetricSet
{
    private readonly Metric[] _metrics;
    private readonly MetricState[] _states;
    private readonly (int Length, int Width, TargetDescription Target)[] _shapes;
    private readonly PaddedSteps?[] _padding;

    private double _lossSum;
    private long _samples;

    /// <summary>Chooses what is measured.</summary>
    /// <param name="network">The network.</param>
    /// <param name="metrics">What is measured beside the loss; null means the usual metric of each loss.</param>
    /// <exception cref="ArgumentException">A metric is null, its output and target do not exist or do not belong together, or it has the name of another or of the loss.</exception>
    public MetricSet(INetwork network, IReadOnlyList<Metric>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = network.Description;
        _metrics = [.. Elements.Require(metrics ?? AutomaticMetrics.Choose(description), nameof(metrics))];
        _states = [.. _metrics.Select(metric => metric.CreateState())];
        _shapes = [.. _metrics.Select(metric => ShapeOf(metric, description))];
        _padding = [.. _metrics.Select(metric => PaddedSteps.Of(description, description.Outputs[metric.Output], description.Targets[metric.Target]))];
        MeasuredSeries.RequireDistinct(MeasuredSeries.Of(_metrics, hasValidation: false));
    }

    /// <summary>The mean loss per sample so far; NaN without samples.</summary>
    public double Loss => _samples == 0 ? double.NaN : _lossSum / _samples;

    /// <summary>The number of samples so far.</summary>
    public long Samples => _samples;

    /// <summary>A metric so far, or the loss as <c>loss</c>.</summary>
    /// <exception cref="KeyNotFoundException">It is not measured; the message names what is.</exception>
    public double this[string name]
    {
        get
        {
            int metric = Array.FindIndex(_metrics, candidate => candidate.Name == name);
            return metric >= 0 ? Value(metric)
                : name == "loss" ? Loss
                : throw new KeyNotFoundException($"There is no metric \"{name}\"; there are loss, {string.Join(", ", Names)}.");
        }
    }

    /// <summary>The number of metrics.</summary>
    public int Count => _metrics.Length;

    /// <summary>The name of a metric.</summary>
    public string Name(int metric) => _metrics[metric].Name;

    /// <summary>The names of all metrics.</summary>
    public IEnumerable<string> Names => _metrics.Select(metric => metric.Name);

    /// <summary>The metrics.</summary>
    internal IReadOnlyList<Metric> Metrics => _metrics;

    /// <summary>The value of a metric so far.</summary>
    public double Value(int metric) => _states[metric].Value;

    /// <summary>Begins a new pass.</summary>
    public void Reset()
    {
        _lossSum = 0;
        _samples = 0;
        foreach (MetricState state in _states)
        {
            state.Reset();
        }
    }

    /// <summary>Adds the last batch of a training.</summary>
    /// <param name="training">The training, whose staged targets and outputs are those of the batch.</param>
    /// <param name="count">The number of its samples.</param>
    /// <param name="loss">Its loss.</param>
    public void Add(ITraining training, int count, float loss)
    {
        ArgumentNullException.ThrowIfNull(training);
        _lossSum += (double)loss * count;
        _samples += count;
        for (int i = 0; i < _metrics.Length; i++)
        {
            (int length, int width, TargetDescription target) = _shapes[i];
            ReadOnlySpan<float> outputs = training.Output(_metrics[i].Output)[..(count * length)];
            MetricBatch batch = target.IsClasses
                ? new MetricBatch(outputs, training.ClassTarget(_metrics[i].Target)[..(count * target.Length)], width)
                : new MetricBatch(outputs, training.FloatTarget(_metrics[i].Target)[..(count * target.Length)], width);
            _states[i].Add(_padding[i] is { } padding ? padding.Keep(training, count, batch) : batch);
        }
    }

    /// <summary>Loss and metrics so far, to keep.</summary>
    public Evaluation ToEvaluation() => new((int)Math.Min(_samples, int.MaxValue), Loss, _metrics.Select((metric, i) => (metric.Name, Value(i))).ToDictionary());

    /// <exception cref="NotSupportedException">A metric of the user's cannot be saved.</exception>
    internal void SaveState(SavedState state)
    {
        state.Set("loss_sum", _lossSum);
        state.Set("samples", _samples);
        for (int i = 0; i < _states.Length; i++)
        {
            SavedState part = new();
            _states[i].SaveState(part);
            state.Set(FormattableString.Invariant($"{i}"), part);
        }
    }

    internal void RestoreState(SavedState state)
    {
        _lossSum = state.GetDouble("loss_sum");
        _samples = state.GetInt64("samples");
        for (int i = 0; i < _states.Length; i++)
        {
            _states[i].RestoreState(state.GetPart(FormattableString.Invariant($"{i}")));
        }
    }

    private static (int Length, int Width, TargetDescription Target) ShapeOf(Metric metric, NetworkDescription description)
    {
        string title = $"The metric {metric.Name} ({metric.GetType().Name})";
        if ((uint)metric.Output >= (uint)description.Outputs.Count || (uint)metric.Target >= (uint)description.Targets.Count)
        {
            throw new ArgumentException($"{title} reads output {metric.Output} and target {metric.Target}, but {description.Name} has {description.Outputs.Count} outputs and {description.Targets.Count} targets.");
        }

        OutputDescription output = description.Outputs[metric.Output];
        TargetDescription target = description.Targets[metric.Target];
        int width = output.Shape.Count == 0 ? 1 : output.Shape[^1];
        if (metric.JudgesLargest && width == 1)
        {
            throw new ArgumentException($"{title} looks for the largest of several outputs, but output \"{output.Name}\" of {description.Name} has rows of 1 value: {MetricBatch.SingleOutputs}");
        }

        if (metric.JudgesScores && target.IsClasses && width > 1 && (width, target.Classes) != (2, 2))
        {
            throw new ArgumentException(
                $"{title} judges single outputs, but target \"{target.Name}\" holds {target.Classes} classes for rows of {width} values of output \"{output.Name}\"; it takes float targets, or classes with 1 output or 2 (the second is judged).");
        }

        int needed = target.IsClasses ? output.Length / width : output.Length;
        return target.Length == needed
            ? (output.Length, width, target)
            : throw new ArgumentException($"{title} compares output \"{output.Name}\" of {output.Length} values with target \"{target.Name}\" of {target.Length}; {needed} are needed.");
    }
}
