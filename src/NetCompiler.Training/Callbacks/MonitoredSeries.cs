namespace NetCompiler;

/// <summary>A series of the history that a callback watches, and its best value so far.</summary>
internal sealed class MonitoredSeries
{
    private const string BestKey = "best";

    private readonly double _sign;
    private readonly double _minDelta;

    /// <summary>Checks the options that every watching callback has.</summary>
    /// <exception cref="ArgumentException">There is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The least improvement is negative or not finite, or there is no such mode.</exception>
    public MonitoredSeries(string monitor, double minDelta, MonitorMode mode)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        if (!(minDelta >= 0 && double.IsFinite(minDelta)))
        {
            throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "The least improvement must be a finite number of at least 0.");
        }

        Name = monitor;
        _minDelta = minDelta;
        _sign = mode switch
        {
            MonitorMode.Auto => IsLargerBetter(monitor) ? -1 : 1,
            MonitorMode.Min => 1,
            MonitorMode.Max => -1,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, $"There is no mode {(int)mode}; there are {string.Join(", ", Enum.GetNames<MonitorMode>())}."),
        };
        Reset();
    }

    /// <summary>The name of the series.</summary>
    public string Name { get; }

    /// <summary>The best value so far; the worst there is before the first.</summary>
    public double Best { get; set; }

    /// <summary>Asks that the training measures the series.</summary>
    /// <exception cref="ArgumentException">It does not; the message names what it measures.</exception>
    public void Check(string callback, IReadOnlyList<string> series)
    {
        if (!series.Contains(Name))
        {
            string hint = Name.StartsWith("val_", StringComparison.Ordinal) && !series.Contains("val_loss")
                ? $" It needs {nameof(FitOptions.ValidationSplit)} or {nameof(FitOptions.ValidationData)}."
                : "";
            throw new ArgumentException($"{callback} watches \"{Name}\", but the training measures {string.Join(", ", series)}.{hint}");
        }
    }

    /// <summary>Forgets the best value, or begins with one.</summary>
    public void Reset(double? threshold = null) => Best = threshold ?? (_sign * double.PositiveInfinity);

    /// <summary>Whether a value is better than a reference by more than the least improvement. NaN never is.</summary>
    public bool IsBetter(double value, double reference) => _sign * value < (_sign * reference) - _minDelta;

    /// <summary>Takes a value as the best so far if it is one.</summary>
    public bool TryImprove(double value)
    {
        if (!IsBetter(value, Best))
        {
            return false;
        }

        Best = value;
        return true;
    }

    /// <summary>Writes the best value into a checkpoint.</summary>
    public void SaveState(SavedState state) => state.Set(BestKey, Best);

    /// <summary>Takes the best value from a checkpoint.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public void RestoreState(SavedState state) => Best = state.GetDouble(BestKey);

    private static bool IsLargerBetter(string monitor)
    {
        string metric = monitor[(monitor.LastIndexOf('_') + 1)..];
        return metric is "accuracy" or "auc" or "precision" or "recall" or "f1" or "r2"
            || (metric.StartsWith("top", StringComparison.Ordinal) && metric.Length > 3 && metric.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0);
    }
}
