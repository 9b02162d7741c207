namespace NetCompiler;

/// <summary>A series of the history that a callback watches, and its best value so far.</summary>
internal sealed class MonitoredSeries
{
    private const string BestKey = "best";

    private readonly MonitorMode _mode;
    private readonly double _minDelta;

    // Auto where only the training can tell.
    private MonitorMode _direction;

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
        _mode = Enum.IsDefined(mode) ? mode
            : throw new ArgumentOutOfRangeException(nameof(mode), mode, $"There is no mode {(int)mode}; there are {string.Join(", ", Enum.GetNames<MonitorMode>())}.");
        _direction = mode == MonitorMode.Auto ? MeasuredSeries.DirectionOf(monitor) : mode;
        Reset();
    }

    /// <summary>The name of the series.</summary>
    public string Name { get; }

    /// <summary>The best value so far; the worst there is before the first.</summary>
    public double Best { get; set; }

    /// <summary>Asks that the training measures the series, and that it is known which values of it are better.</summary>
    /// <exception cref="ArgumentException">It does not, and the message names what it measures; or the mode has to be given.</exception>
    public void Check(string callback, IReadOnlyList<MeasuredSeries> series)
    {
        MeasuredSeries? measured = series.FirstOrDefault(candidate => candidate.Name == Name);
        if (measured is null)
        {
            string hint = Name.StartsWith("val_", StringComparison.Ordinal) && series.All(candidate => candidate.Name != "val_loss")
                ? $" It needs {nameof(FitOptions.ValidationSplit)} or {nameof(FitOptions.ValidationData)}."
                : "";
            throw new ArgumentException($"{callback} watches \"{Name}\", but the training measures {string.Join(", ", series.Select(candidate => candidate.Name))}.{hint}");
        }

        _direction = _mode == MonitorMode.Auto ? measured.Direction : _mode;
        RequireDirection(callback);
    }

    /// <summary>Asks that it is known which values are better.</summary>
    /// <param name="watcher">Who watches it.</param>
    /// <param name="measured">What is measured for all that is known, whose directions are known too; null where nothing is.</param>
    /// <exception cref="ArgumentException">The mode has to be given.</exception>
    public void RequireDirection(string watcher, IReadOnlyCollection<string>? measured = null)
    {
        if (_direction == MonitorMode.Auto)
        {
            const string Modes = $"give {nameof(MonitorMode)}.{nameof(MonitorMode.Min)} or {nameof(MonitorMode)}.{nameof(MonitorMode.Max)}";
            throw new ArgumentException(measured is null
                ? $"{watcher} watches \"{Name}\", of which it is not known whether less or more is better: {Modes}, or the metric its {nameof(Metric.Direction)}."
                : $"{watcher} watches \"{Name}\", but by itself the training measures {string.Join(", ", measured)}. If \"{Name}\" is a metric of your own, {Modes}: it is not known whether less or more of it is better.");
        }
    }

    /// <summary>Forgets the best value, or begins with one.</summary>
    public void Reset(double? threshold = null) => Best = threshold ?? (IsLargerBetter ? double.NegativeInfinity : double.PositiveInfinity);

    /// <summary>Whether a value is better than a reference by more than the least improvement. NaN never is.</summary>
    public bool IsBetter(double value, double reference) => IsLargerBetter ? value > reference + _minDelta : value < reference - _minDelta;

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

    private bool IsLargerBetter => _direction == MonitorMode.Max;
}
