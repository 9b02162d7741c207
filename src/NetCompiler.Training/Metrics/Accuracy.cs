namespace NetCompiler;

/// <summary>The share of rows whose largest output is at the target's class; a row with an output that is NaN is no hit. Rows of one output are for <see cref="BinaryAccuracy"/>.</summary>
public sealed record Accuracy : Metric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name in histories.</param>
    public Accuracy(string name = "accuracy")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Max;

    internal override bool JudgesLargest => true;

    /// <inheritdoc/>
    public override MetricState CreateState() => new ShareState(static (in MetricBatch batch, int row) => batch.PredictionOf(row) == batch.ClassOf(row));
}

/// <summary>The share of rows whose target class is among the k largest outputs; of equal outputs the first counts as larger, and a row with an output that is NaN is no hit.</summary>
public sealed record TopK : Metric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="k">The number of outputs that count; at least 1.</param>
    /// <param name="name">The name; null means <c>top</c> and the number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public TopK(int k = 5, string? name = null)
        : base(name ?? FormattableString.Invariant($"top{k}"))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        K = k;
    }

    /// <summary>The number of outputs that count.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Max;

    internal override bool JudgesLargest => true;

    /// <inheritdoc/>
    public override MetricState CreateState()
    {
        int k = K;
        return new ShareState((in MetricBatch batch, int row) =>
        {
            ReadOnlySpan<float> outputs = batch.Row(row);
            int target = batch.ClassOf(row), better = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                better += outputs[i] > outputs[target] || (outputs[i] == outputs[target] && i < target) ? 1 : 0;
            }

            return better < k && batch.PredictionOf(row) >= 0;
        });
    }
}

/// <summary>A share of rows, counted.</summary>
internal sealed class ShareState(ShareState.Judge isHit) : MetricState
{
    private long _hits;
    private long _rows;

    public delegate bool Judge(in MetricBatch batch, int row);

    public override double Value => _rows == 0 ? double.NaN : (double)_hits / _rows;

    public override void SaveState(SavedState state)
    {
        state.Set("hits", _hits);
        state.Set("rows", _rows);
    }

    public override void RestoreState(SavedState state) => (_hits, _rows) = (state.GetInt64("hits"), state.GetInt64("rows"));

    public override void Reset() => _hits = _rows = 0;

    public override void Add(in MetricBatch batch)
    {
        batch.RequireChoice();
        for (int row = 0; row < batch.Rows; row++)
        {
            _hits += isHit(batch, row) ? 1 : 0;
        }

        _rows += batch.Rows;
    }
}
