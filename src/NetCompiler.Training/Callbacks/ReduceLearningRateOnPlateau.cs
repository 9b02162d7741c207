namespace NetCompiler;

/// <summary>Lowers the learning rate when a series of the history has stopped to improve: Keras's ReduceLROnPlateau.</summary>
public sealed class ReduceLearningRateOnPlateau : Callback
{
    private const string WaitedKey = "waited";
    private const string CoolingKey = "cooling";
    private const string ReductionsKey = "reductions";

    private readonly MonitoredSeries _series;
    private int _waited;
    private int _cooling;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">The series that is watched.</param>
    /// <param name="factor">What the rate is multiplied by: above 0 and below 1.</param>
    /// <param name="patience">The number of epochs without improvement after which the rate is lowered; at least 0.</param>
    /// <param name="mode">Which values are better.</param>
    /// <param name="minDelta">What counts as an improvement must be more than this; at least 0.</param>
    /// <param name="cooldown">The number of epochs after a reduction in which nothing is counted; at least 0.</param>
    /// <param name="minimum">The lowest learning rate; at least 0.</param>
    /// <param name="verbose">Whether it tells every reduction: in a line beside those of the epochs, unless training is silent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or there is no such mode.</exception>
    public ReduceLearningRateOnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        MonitorMode mode = MonitorMode.Auto,
        double minDelta = 0.0001,
        int cooldown = 0,
        double minimum = 0,
        bool verbose = false)
    {
        if (!(factor is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be above 0 and below 1: it lowers the rate.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        if (!(minimum >= 0 && double.IsFinite(minimum)))
        {
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "The lowest learning rate must be a finite number of at least 0.");
        }

        _series = new MonitoredSeries(monitor, minDelta, mode);
        Factor = factor;
        Patience = patience;
        Mode = mode;
        MinDelta = minDelta;
        Cooldown = cooldown;
        Minimum = minimum;
        Verbose = verbose;
    }

    /// <summary>The series that is watched.</summary>
    public string Monitor => _series.Name;

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    /// <summary>The number of epochs without improvement after which the rate is lowered.</summary>
    public int Patience { get; }

    /// <summary>Which values are better.</summary>
    public MonitorMode Mode { get; }

    /// <summary>What counts as an improvement must be more than this.</summary>
    public double MinDelta { get; }

    /// <summary>The number of epochs after a reduction in which nothing is counted.</summary>
    public int Cooldown { get; }

    /// <summary>The lowest learning rate.</summary>
    public double Minimum { get; }

    /// <summary>Whether it tells every reduction.</summary>
    public bool Verbose { get; }

    /// <summary>How often the rate was lowered.</summary>
    public int Reductions { get; private set; }

    /// <inheritdoc/>
    public override bool SetsLearningRate => true;

    internal override void Check(IReadOnlyList<MeasuredSeries> series) => _series.Check(nameof(ReduceLearningRateOnPlateau), series);

    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context)
    {
        _series.Reset();
        _waited = 0;
        _cooling = 0;
        Reductions = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        if (_cooling > 0)
        {
            _cooling--;
            _waited = 0;
        }

        if (_series.TryImprove(context.History.Last(Monitor)))
        {
            _waited = 0;
        }
        else if (_cooling == 0 && ++_waited >= Patience)
        {
            Reduce(context);
        }
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        _series.SaveState(state);
        state.Set(WaitedKey, _waited);
        state.Set(CoolingKey, _cooling);
        state.Set(ReductionsKey, Reductions);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        _series.RestoreState(state);
        _waited = state.GetInt32(WaitedKey);
        _cooling = state.GetInt32(CoolingKey);
        Reductions = state.GetInt32(ReductionsKey);
    }

    private void Reduce(FitContext context)
    {
        double before = context.Optimizer.LearningRate;
        if (before > Minimum)
        {
            context.Optimizer.LearningRate = Math.Max(before * Factor, Minimum);
            if (Verbose)
            {
                context.Tell($"{Monitor} has not improved for {_waited} {(_waited == 1 ? "epoch" : "epochs")}: learning rate {LineDisplay.Format(context.Optimizer.LearningRate)} after {LineDisplay.Format(before)}");
            }

            Reductions++;
            _cooling = Cooldown;
            _waited = 0;
        }
    }
}
