namespace NetCompiler.Tests.Training.Fit;

/// <summary>Measures nothing and tells of every batch, of training and of validation, counted from 1.</summary>
internal sealed record Watched(Action<int> OnBatch) : Metric("watched")
{
    private int _batches;

    public override MetricState CreateState() => new State(this);

    private sealed class State(Watched metric) : MetricState
    {
        public override double Value => 0;

        public override void Reset()
        {
        }

        public override void Add(in MetricBatch batch) => metric.OnBatch(++metric._batches);

        public override void SaveState(SavedState state)
        {
        }

        public override void RestoreState(SavedState state)
        {
        }
    }
}
