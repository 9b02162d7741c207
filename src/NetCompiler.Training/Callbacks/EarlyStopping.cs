namespace NetCompiler;

/// <summary>Stops a training when a series of its history has stopped to improve: Keras's EarlyStopping.</summary>
public sealed class EarlyStopping : Callback
{
    private const string WaitedKey = "waited";
    private const string BestEpochKey = "best_epoch";
    private const string StoppedEpochKey = "stopped_epoch";
    private const string HasWeightsKey = "has_weights";

    private readonly MonitoredSeries _series;
    private INetwork? _network;
    private int _waited;
    private KeptWeights? _bestWeights;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">The series that is watched.</param>
    /// <param name="patience">The number of epochs without improvement after which training stops; at least 0.</param>
    /// <param name="minDelta">What counts as an improvement must be more than this; at least 0.</param>
    /// <param name="restoreBestWeights">Whether the network ends with the weights and statistics of the best epoch.</param>
    /// <param name="mode">Which values are better.</param>
    /// <param name="baseline">A value that must be beaten: an improvement that does not beat it does not end the waiting.</param>
    /// <param name="startFromEpoch">The first epoch, counted from 0, that is looked at; at least 0.</param>
    /// <param name="verbose">Whether it tells that it stops, and whose weights it restores: in a line beside those of the epochs, unless training is silent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, or there is no such mode.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        int patience = 0,
        double minDelta = 0,
        bool restoreBestWeights = false,
        MonitorMode mode = MonitorMode.Auto,
        double? baseline = null,
        int startFromEpoch = 0,
        bool verbose = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(startFromEpoch);
        if (baseline is double value && !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(baseline), baseline, "The baseline must be a finite number.");
        }

        _series = new MonitoredSeries(monitor, minDelta, mode);
        Patience = patience;
        MinDelta = minDelta;
        RestoreBestWeights = restoreBestWeights;
        Mode = mode;
        Baseline = baseline;
        StartFromEpoch = startFromEpoch;
        Verbose = verbose;
    }

    /// <summary>The series that is watched.</summary>
    public string Monitor => _series.Name;

    /// <summary>The number of epochs without improvement after which training stops.</summary>
    public int Patience { get; }

    /// <summary>What counts as an improvement must be more than this.</summary>
    public double MinDelta { get; }

    /// <summary>Whether the network ends with the weights and statistics of the best epoch, after an exception or a cancellation too.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>Which values are better.</summary>
    public MonitorMode Mode { get; }

    /// <summary>The value that must be beaten, or null.</summary>
    public double? Baseline { get; }

    /// <summary>The first epoch, counted from 0, that is looked at.</summary>
    public int StartFromEpoch { get; }

    /// <summary>Whether it tells that it stops, and whose weights it restores.</summary>
    public bool Verbose { get; }

    /// <summary>
    /// The epoch with the best value, counted from 0, or -1 before the first. Where weights are restored, the first epoch that is looked at counts as the best one so far,
    /// whatever its value, as in Keras: there are weights to restore even if every value is NaN.
    /// </summary>
    public int BestEpoch { get; private set; } = -1;

    /// <summary>The epoch, counted from 0, after which the callback stopped the training, or -1. As in Keras never the very first, after which there is nothing to compare.</summary>
    public int StoppedEpoch { get; private set; } = -1;

    internal override void Check(IReadOnlyList<MeasuredSeries> series) => _series.Check(nameof(EarlyStopping), series);

    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context)
    {
        _series.Reset();
        _network = context.Network;
        _waited = 0;
        _bestWeights = null;
        BestEpoch = -1;
        StoppedEpoch = -1;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        if (context.Epoch < StartFromEpoch)
        {
            return;
        }

        double value = context.History.Last(Monitor);
        if (RestoreBestWeights && _bestWeights is null)
        {
            BestEpoch = context.Epoch;
            KeepWeights(context.Network);
        }

        _waited++;
        if (_series.TryImprove(value))
        {
            BestEpoch = context.Epoch;
            KeepWeights(context.Network);
            if (Baseline is not double baseline || _series.IsBetter(value, baseline))
            {
                _waited = 0;
            }
        }
        else if (_waited >= Patience && context.Epoch > 0)
        {
            StoppedEpoch = context.Epoch;
            context.StopTraining = true;
            if (Verbose)
            {
                string best = double.IsFinite(_series.Best) ? $" on {LineDisplay.Format(_series.Best)}" : "";
                context.Tell($"early stopping: {Monitor} {LineDisplay.Format(value)}, {_waited} {(_waited == 1 ? "epoch" : "epochs")} without an improvement{best}");
            }
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(FitContext context) => RestoreWeights(context);

    /// <inheritdoc/>
    public override void OnTrainAbort(FitContext context) => RestoreWeights(context);

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        _series.SaveState(state);
        state.Set(WaitedKey, _waited);
        state.Set(BestEpochKey, BestEpoch);
        state.Set(StoppedEpochKey, StoppedEpoch);
        state.Set(HasWeightsKey, _bestWeights is not null);
        _bestWeights?.SaveState(state);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        _series.RestoreState(state);
        _waited = state.GetInt32(WaitedKey);
        BestEpoch = state.GetInt32(BestEpochKey, least: -1);
        StoppedEpoch = state.GetInt32(StoppedEpochKey, least: -1);
        if (RestoreBestWeights && state.GetBoolean(HasWeightsKey))
        {
            _bestWeights = new KeptWeights(_network!);
            _bestWeights.RestoreState(state);
        }
    }

    private void KeepWeights(INetwork network)
    {
        if (RestoreBestWeights && _bestWeights is null)
        {
            _bestWeights = new KeptWeights(network);
        }
        else
        {
            _bestWeights?.Take(network);
        }
    }

    private void RestoreWeights(FitContext context)
    {
        if (_bestWeights is null)
        {
            return;
        }

        _bestWeights.Restore(context.Network);
        _bestWeights = null;
        if (Verbose)
        {
            context.Tell($"weights of epoch {BestEpoch + 1} restored");
        }
    }
}
