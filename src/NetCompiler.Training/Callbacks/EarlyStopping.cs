namespace NetCompiler;

/// <summary>Stops a training when a series of its history has stopped to improve.</summary>
public sealed class EarlyStopping : Callback
{
    private readonly double _sign;
    private double _best;
    private int _waited;
    private float[][]? _bestWeights;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">The series that is watched.</param>
    /// <param name="patience">The number of epochs without improvement after which training stops; at least 0.</param>
    /// <param name="minDelta">What counts as an improvement at least; at least 0.</param>
    /// <param name="restoreBestWeights">Whether the network ends with the weights and statistics of the best epoch.</param>
    /// <param name="larger">Whether larger is better; null means for the metrics accuracy, auc, precision, recall, f1, r2 and top with a number: as the whole name or after its last underscore, with or without val_.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public EarlyStopping(string monitor = "val_loss", int patience = 0, double minDelta = 0, bool restoreBestWeights = false, bool? larger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(minDelta);
        Monitor = monitor;
        Patience = patience;
        MinDelta = minDelta;
        RestoreBestWeights = restoreBestWeights;
        _sign = larger ?? IsLargerBetter(monitor) ? -1 : 1;
    }

    /// <summary>The series that is watched.</summary>
    public string Monitor { get; }

    /// <summary>The number of epochs without improvement after which training stops.</summary>
    public int Patience { get; }

    /// <summary>What counts as an improvement at least.</summary>
    public double MinDelta { get; }

    /// <summary>Whether the network ends with the weights and statistics of the best epoch, after an exception or a cancellation too.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>The epoch with the best value, counted from 0, or -1 before the first.</summary>
    public int BestEpoch { get; private set; } = -1;

    internal override void Check(IReadOnlyList<string> series)
    {
        if (!series.Contains(Monitor))
        {
            string hint = Monitor.StartsWith("val_", StringComparison.Ordinal) && !series.Contains("val_loss")
                ? $" It needs {nameof(FitOptions.ValidationSplit)} or {nameof(FitOptions.ValidationData)}."
                : "";
            throw new ArgumentException($"{nameof(EarlyStopping)} watches \"{Monitor}\", but the training measures {string.Join(", ", series)}.{hint}");
        }
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context)
    {
        _best = double.PositiveInfinity;
        _waited = 0;
        _bestWeights = null;
        BestEpoch = -1;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        double value = _sign * context.History.Last(Monitor);
        if (value < _best - MinDelta)
        {
            _best = value;
            _waited = 0;
            BestEpoch = context.Epoch;
            if (RestoreBestWeights)
            {
                KeepWeights(context.Network);
            }
        }
        else if (++_waited >= Patience)
        {
            context.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(FitContext context) => RestoreWeights(context.Network);

    /// <inheritdoc/>
    public override void OnTrainAbort(FitContext context) => RestoreWeights(context.Network);

    private void RestoreWeights(INetwork network)
    {
        for (int i = 0; _bestWeights is not null && i < _bestWeights.Length; i++)
        {
            network.Weights[i].CopyFrom(_bestWeights[i]);
        }

        _bestWeights = null;
    }

    private static bool IsLargerBetter(string monitor)
    {
        string metric = monitor[(monitor.LastIndexOf('_') + 1)..];
        return metric is "accuracy" or "auc" or "precision" or "recall" or "f1" or "r2"
            || (metric.StartsWith("top", StringComparison.Ordinal) && metric.Length > 3 && metric.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private void KeepWeights(INetwork network)
    {
        _bestWeights ??= [.. network.Weights.Select(weight => new float[weight.Length])];
        for (int i = 0; i < _bestWeights.Length; i++)
        {
            network.Weights[i].CopyTo(_bestWeights[i]);
        }
    }
}
