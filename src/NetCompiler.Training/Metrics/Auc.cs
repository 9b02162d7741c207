namespace NetCompiler;

/// <summary>
/// The area under the receiver operating characteristic, exact: the probability that a positive sample has a larger output than a
/// negative one, ties counting one half (the Mann-Whitney statistic). NaN without both kinds. Keeps all outputs. Of two outputs with a class the second is judged.
/// </summary>
public sealed record Auc : Metric
{
    /// <summary>Makes the metric.</summary>
    public Auc(string name = "auc")
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
        private readonly List<(float Output, bool IsPositive)> _samples = [];

        // Sorting all samples is dear: the area is kept until the next batch.
        private double? _area;

        public override double Value => _area ??= Measure();

        public override void SaveState(SavedState state)
        {
            state.Set("outputs", _samples.Select(sample => sample.Output).ToArray().AsSpan());
            state.Set("positives", _samples.Select(sample => sample.IsPositive ? 1f : 0f).ToArray().AsSpan());
        }

        public override void RestoreState(SavedState state)
        {
            float[] outputs = state.GetFloats("outputs"), positives = state.GetFloats("positives");
            if (outputs.Length != positives.Length)
            {
                throw new CheckpointException($"The saved {outputs.Length} outputs do not fit the {positives.Length} targets.");
            }

            Reset();
            _samples.AddRange(outputs.Zip(positives, (output, positive) => (output, positive != 0)));
        }

        public override void Reset()
        {
            _samples.Clear();
            _area = null;
        }

        public override void Add(in MetricBatch batch)
        {
            batch.RequireScores();
            _area = null;
            for (int i = 0; i < batch.ScoreCount; i++)
            {
                _samples.Add((batch.ScoreOf(i), batch.ScoreTargetOf(i) > 0.5f));
            }
        }

        private double Measure()
        {
            if (_samples.Exists(static sample => float.IsNaN(sample.Output)))
            {
                return double.NaN;
            }

            _samples.Sort(static (left, right) => left.Output.CompareTo(right.Output));
            double negativesBelow = 0, pairs = 0, positives = 0;
            for (int i = 0; i < _samples.Count;)
            {
                int end = i, positivesHere = 0;
                for (; end < _samples.Count && _samples[end].Output == _samples[i].Output; end++)
                {
                    positivesHere += _samples[end].IsPositive ? 1 : 0;
                }

                int negativesHere = end - i - positivesHere;
                pairs += positivesHere * (negativesBelow + (negativesHere / 2.0));
                negativesBelow += negativesHere;
                positives += positivesHere;
                i = end;
            }

            return pairs / (positives * negativesBelow);
        }
    }
}
