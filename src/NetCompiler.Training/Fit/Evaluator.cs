namespace NetCompiler;

/// <summary>Measures loss and metrics over a data set in inference mode.</summary>
internal sealed class Evaluator(Dataset data, MetricSet metrics, int batchSize)
{
    private readonly BatchFeeder _feeder = new(data, batchSize);

    /// <summary>The metrics of the last run.</summary>
    public MetricSet Metrics => metrics;

    /// <summary>One pass over the data; returns the mean loss per sample.</summary>
    public double Run(ITraining training, ref bool weightsWritten, CancellationToken cancellationToken)
    {
        metrics.Reset();
        double sum = 0;
        for (int batch = 0; batch < _feeder.Batches; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = _feeder.Stage(training, batch, ref weightsWritten);
            sum += (double)training.ComputeLoss(count) * count;
            metrics.Add(training, count);
        }

        return sum / data.Count;
    }
}
