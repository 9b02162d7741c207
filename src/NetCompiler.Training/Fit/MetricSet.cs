namespace NetCompiler;

/// <summary>The running metrics of one pass over a data set, read from the outputs and staged targets of a training.</summary>
internal sealed class MetricSet
{
    private readonly Metric[] _metrics;
    private readonly MetricState[] _states;
    private readonly (int Length, int Width, TargetDescription Target)[] _shapes;

    /// <summary>Checks that every metric's output and target exist and belong together.</summary>
    public MetricSet(IReadOnlyList<Metric>? metrics, NetworkDescription description)
    {
        _metrics = [.. metrics ?? AutomaticMetrics.Choose(description)];
        _states = [.. _metrics.Select(metric => metric.CreateState())];
        _shapes = [.. _metrics.Select(metric => ShapeOf(metric, description))];
        if (_metrics.Select(metric => metric.Name).Distinct().Count() < _metrics.Length)
        {
            throw new ArgumentException($"Two metrics have the same name: {string.Join(", ", _metrics.Select(metric => metric.Name))}.", nameof(metrics));
        }
    }

    /// <summary>The number of metrics.</summary>
    public int Count => _metrics.Length;

    /// <summary>The name of a metric.</summary>
    public string Name(int metric) => _metrics[metric].Name;

    /// <summary>The names of all metrics.</summary>
    public IEnumerable<string> Names => _metrics.Select(metric => metric.Name);

    /// <summary>The value of a metric so far.</summary>
    public double Value(int metric) => _states[metric].Value;

    /// <summary>Begins a new pass.</summary>
    public void Reset()
    {
        foreach (MetricState state in _states)
        {
            state.Reset();
        }
    }

    /// <summary>Adds the last batch of a training.</summary>
    public void Add(ITraining training, int count)
    {
        for (int i = 0; i < _metrics.Length; i++)
        {
            (int length, int width, TargetDescription target) = _shapes[i];
            ReadOnlySpan<float> outputs = training.Output(_metrics[i].Output)[..(count * length)];
            MetricBatch batch = target.IsClasses
                ? new MetricBatch(outputs, training.ClassTarget(_metrics[i].Target)[..(count * target.Length)], width)
                : new MetricBatch(outputs, training.FloatTarget(_metrics[i].Target)[..(count * target.Length)], width);
            _states[i].Add(batch);
        }
    }

    private static (int Length, int Width, TargetDescription Target) ShapeOf(Metric metric, NetworkDescription description)
    {
        if ((uint)metric.Output >= (uint)description.Outputs.Count || (uint)metric.Target >= (uint)description.Targets.Count)
        {
            throw new ArgumentException($"The metric {metric.Name} reads output {metric.Output} and target {metric.Target}, but {description.Name} has {description.Outputs.Count} outputs and {description.Targets.Count} targets.");
        }

        OutputDescription output = description.Outputs[metric.Output];
        TargetDescription target = description.Targets[metric.Target];
        int width = output.Shape.Count == 0 ? 1 : output.Shape[^1];
        if (metric.JudgesScores && target.IsClasses && width > 1 && (width, target.Classes) != (2, 2))
        {
            throw new ArgumentException(
                $"The metric {metric.Name} judges single outputs, but target \"{target.Name}\" holds {target.Classes} classes for rows of {width} values of output \"{output.Name}\"; it takes float targets, or classes with 1 output or 2 (the second is judged).");
        }

        int needed = target.IsClasses ? output.Length / width : output.Length;
        return target.Length == needed
            ? (output.Length, width, target)
            : throw new ArgumentException($"The metric {metric.Name} compares output \"{output.Name}\" of {output.Length} values with target \"{target.Name}\" of {target.Length}; {needed} are needed.");
    }
}
