namespace NetCompiler;

/// <summary>The mean of |output - target| over all outputs.</summary>
public sealed record MeanAbsoluteError : Metric
{
    /// <summary>Makes the metric.</summary>
    public MeanAbsoluteError(string name = "mae")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Min;

    internal override bool JudgesScores => true;

    /// <inheritdoc/>
    public override MetricState CreateState() => new ErrorState(static error => Math.Abs(error), static mean => mean);
}

/// <summary>The root of the mean of (output - target)^2 over all outputs.</summary>
public sealed record RootMeanSquaredError : Metric
{
    /// <summary>Makes the metric.</summary>
    public RootMeanSquaredError(string name = "rmse")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Min;

    internal override bool JudgesScores => true;

    /// <inheritdoc/>
    public override MetricState CreateState() => new ErrorState(static error => error * error, Math.Sqrt);
}

/// <summary>A mean of a function of the errors, then a function of the mean.</summary>
internal sealed class ErrorState(Func<double, double> ofError, Func<double, double> ofMean) : MetricState
{
    private double _sum;
    private long _count;

    public override double Value => _count == 0 ? double.NaN : ofMean(_sum / _count);

    public override void SaveState(SavedState state)
    {
        state.Set("sum", _sum);
        state.Set("count", _count);
    }

    public override void RestoreState(SavedState state) => (_sum, _count) = (state.GetDouble("sum"), state.GetInt64("count"));

    public override void Reset()
    {
        _sum = 0;
        _count = 0;
    }

    public override void Add(in MetricBatch batch)
    {
        batch.RequireScores();
        for (int i = 0; i < batch.ScoreCount; i++)
        {
            _sum += ofError((double)batch.ScoreOf(i) - batch.ScoreTargetOf(i));
        }

        _count += batch.ScoreCount;
    }
}

/// <summary>
/// The coefficient of determination over all outputs together: 1 - sum (t - y)^2 / sum (t - mean of t of that output)^2. NaN where the targets do not vary.
/// </summary>
public sealed record RSquared : Metric
{
    /// <summary>Makes the metric.</summary>
    public RSquared(string name = "r2")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Max;

    internal override bool JudgesScores => true;

    /// <inheritdoc/>
    public override MetricState CreateState() => new State();

    private sealed class State : MetricState
    {
        private double _residual;
        private double[] _means = [];
        private double[] _deviations = [];
        private long _rows;

        public override double Value
        {
            get
            {
                double deviation = _deviations.Sum();
                return deviation == 0 ? double.NaN : 1 - (_residual / deviation);
            }
        }

        public override void SaveState(SavedState state)
        {
            state.Set("residual", _residual);
            state.Set("rows", _rows);
            state.Set("means", _means);
            state.Set("deviations", _deviations);
        }

        public override void RestoreState(SavedState state)
        {
            _residual = state.GetDouble("residual");
            _rows = state.GetInt64("rows");
            _means = state.GetDoubles("means");
            _deviations = state.GetDoubles("deviations");
            if (_means.Length != _deviations.Length)
            {
                throw new CheckpointException($"The saved means of {_means.Length} outputs do not fit the deviations of {_deviations.Length}.");
            }
        }

        public override void Reset()
        {
            _residual = 0;
            _rows = 0;
            Array.Clear(_means);
            Array.Clear(_deviations);
        }

        public override void Add(in MetricBatch batch)
        {
            batch.RequireScores();
            int width = batch.ScoreWidth;
            if (batch.Rows > 0 && _rows > 0 && _means.Length != width)
            {
                throw new ArgumentException($"The batch has rows of {width} outputs, but those before it had {_means.Length}.", nameof(batch));
            }

            if (_rows == 0 && _means.Length != width)
            {
                _means = new double[width];
                _deviations = new double[width];
            }

            // Welford's update: no difference of large sums.
            for (int row = 0; row < batch.Rows; row++)
            {
                _rows++;
                for (int o = 0; o < width; o++)
                {
                    int index = (row * width) + o;
                    double target = batch.ScoreTargetOf(index), error = target - batch.ScoreOf(index);
                    double before = target - _means[o];
                    _means[o] += before / _rows;
                    _deviations[o] += before * (target - _means[o]);
                    _residual += error * error;
                }
            }
        }
    }
}
