namespace NetCompiler.Tests.Training.Callbacks;

/// <summary>A metric with given values, one per pass; the last one stays.</summary>
internal sealed record ScriptedMetric(string Title, double[] Values) : Metric(Title)
{
    public MonitorMode Better { get; init; } = MonitorMode.Auto;

    public override MonitorMode Direction => Better;

    public override MetricState CreateState() => new State(Values);

    private sealed class State(double[] values) : MetricState
    {
        private int _passes;

        public override double Value => values[Math.Clamp(_passes - 1, 0, values.Length - 1)];

        public override void Reset() => _passes++;

        public override void Add(in MetricBatch batch)
        {
        }
    }
}
