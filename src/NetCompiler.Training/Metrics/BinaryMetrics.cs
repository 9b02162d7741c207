namespace NetCompiler;

/// <summary>A metric that counts how often outputs and targets lie above or below their thresholds. An output that is NaN lies on the other side than its target. Of two outputs with a class the second is judged.</summary>
public abstract record ThresholdMetric : Metric
{
    /// <summary>Names the metric and sets the thresholds.</summary>
    /// <param name="name">The name in histories.</param>
    /// <param name="threshold">What positive outputs are above.</param>
    /// <param name="targetThreshold">What positive targets are above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not finite.</exception>
    protected ThresholdMetric(string name, double threshold, double targetThreshold)
        : base(name)
    {
        Threshold = RequireFinite(threshold, nameof(threshold));
        TargetThreshold = RequireFinite(targetThreshold, nameof(targetThreshold));
    }

    /// <summary>An output above it is positive: 0.5 for probabilities, 0 for logits.</summary>
    public double Threshold { get; }

    /// <summary>A target above it is positive: 0.5 for targets 0 and 1, 0 for -1 and 1.</summary>
    public double TargetThreshold { get; }

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Max;

    internal override bool JudgesScores => true;

    /// <inheritdoc/>
    public override MetricState CreateState() => new State(this);

    /// <summary>The metric from the four counts.</summary>
    private protected abstract double Combine(long truePositives, long falsePositives, long falseNegatives, long trueNegatives);

    /// <summary>part / whole, or 0 for an empty whole, as Keras.</summary>
    private protected static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static double RequireFinite(double threshold, string name) => double.IsFinite(threshold)
        ? threshold
        : throw new ArgumentOutOfRangeException(name, threshold, "A threshold must be a finite number: 0.5 for probabilities, 0 for logits.");

    private sealed class State(ThresholdMetric metric) : MetricState
    {
        private long _truePositives;
        private long _falsePositives;
        private long _falseNegatives;
        private long _trueNegatives;

        public override double Value => _truePositives + _falsePositives + _falseNegatives + _trueNegatives == 0
            ? double.NaN
            : metric.Combine(_truePositives, _falsePositives, _falseNegatives, _trueNegatives);

        public override void SaveState(SavedState state)
        {
            state.Set("true_positives", _truePositives);
            state.Set("false_positives", _falsePositives);
            state.Set("false_negatives", _falseNegatives);
            state.Set("true_negatives", _trueNegatives);
        }

        public override void RestoreState(SavedState state)
        {
            _truePositives = state.GetInt64("true_positives");
            _falsePositives = state.GetInt64("false_positives");
            _falseNegatives = state.GetInt64("false_negatives");
            _trueNegatives = state.GetInt64("true_negatives");
        }

        public override void Reset() => _truePositives = _falsePositives = _falseNegatives = _trueNegatives = 0;

        public override void Add(in MetricBatch batch)
        {
            batch.RequireScores();
            for (int i = 0; i < batch.ScoreCount; i++)
            {
                float output = batch.ScoreOf(i);
                bool isPositive = batch.ScoreTargetOf(i) > metric.TargetThreshold;
                switch (float.IsNaN(output) ? !isPositive : output > metric.Threshold, isPositive)
                {
                    case (true, true):
                        _truePositives++;
                        break;
                    case (true, false):
                        _falsePositives++;
                        break;
                    case (false, true):
                        _falseNegatives++;
                        break;
                    default:
                        _trueNegatives++;
                        break;
                }
            }
        }
    }
}

/// <summary>The share of outputs on their target's side of the threshold; one that is NaN is not.</summary>
public sealed record BinaryAccuracy : ThresholdMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">An output above it is positive: 0.5 for probabilities, 0 for logits.</param>
    /// <param name="targetThreshold">A target above it is positive: 0.5 for targets 0 and 1, 0 for -1 and 1.</param>
    /// <param name="name">The name in histories; several of one kind need one each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not finite.</exception>
    public BinaryAccuracy(double threshold = 0.5, double targetThreshold = 0.5, string name = "accuracy")
        : base(name, threshold, targetThreshold)
    {
    }

    private protected override double Combine(long truePositives, long falsePositives, long falseNegatives, long trueNegatives)
        => Share(truePositives + trueNegatives, truePositives + falsePositives + falseNegatives + trueNegatives);
}

/// <summary>The share of positive outputs whose target is positive; 0 without positive outputs.</summary>
public sealed record Precision : ThresholdMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">An output above it is positive: 0.5 for probabilities, 0 for logits.</param>
    /// <param name="targetThreshold">A target above it is positive: 0.5 for targets 0 and 1, 0 for -1 and 1.</param>
    /// <param name="name">The name in histories; several of one kind need one each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not finite.</exception>
    public Precision(double threshold = 0.5, double targetThreshold = 0.5, string name = "precision")
        : base(name, threshold, targetThreshold)
    {
    }

    private protected override double Combine(long truePositives, long falsePositives, long falseNegatives, long trueNegatives)
        => Share(truePositives, truePositives + falsePositives);
}

/// <summary>The share of positive targets whose output is positive; 0 without positive targets.</summary>
public sealed record Recall : ThresholdMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">An output above it is positive: 0.5 for probabilities, 0 for logits.</param>
    /// <param name="targetThreshold">A target above it is positive: 0.5 for targets 0 and 1, 0 for -1 and 1.</param>
    /// <param name="name">The name in histories; several of one kind need one each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not finite.</exception>
    public Recall(double threshold = 0.5, double targetThreshold = 0.5, string name = "recall")
        : base(name, threshold, targetThreshold)
    {
    }

    private protected override double Combine(long truePositives, long falsePositives, long falseNegatives, long trueNegatives)
        => Share(truePositives, truePositives + falseNegatives);
}

/// <summary>The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).</summary>
public sealed record F1Score : ThresholdMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">An output above it is positive: 0.5 for probabilities, 0 for logits.</param>
    /// <param name="targetThreshold">A target above it is positive: 0.5 for targets 0 and 1, 0 for -1 and 1.</param>
    /// <param name="name">The name in histories; several of one kind need one each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is not finite.</exception>
    public F1Score(double threshold = 0.5, double targetThreshold = 0.5, string name = "f1")
        : base(name, threshold, targetThreshold)
    {
    }

    private protected override double Combine(long truePositives, long falsePositives, long falseNegatives, long trueNegatives)
        => Share(2 * truePositives, (2 * truePositives) + falsePositives + falseNegatives);
}
