namespace NetCompiler;

/// <summary>Measures loss and metrics over a data set in inference mode.</summary>
internal sealed class Evaluator(Dataset data, MetricSet metrics, int batchSize) : IDisposable
{
    private readonly BatchFeeder _feeder = new(data, batchSize);

    /// <summary>The metrics of the last run.</summary>
    public MetricSet Metrics => metrics;

    /// <summary>The number of samples of the last run.</summary>
    public int Count { get; private set; }

    /// <summary>One pass over the data; returns the mean loss per sample.</summary>
    /// <exception cref="InvalidDataException">The data is a stream without a sample.</exception>
    public double Run(ITraining training, CancellationToken cancellationToken)
    {
        metrics.Reset();
        Count = 0;
        double sum = 0;
        _feeder.Begin(epoch: 0, firstBatch: 0, cancellationToken);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = _feeder.Stage(training);
            if (count == 0)
            {
                return Count > 0 ? sum / Count : throw new InvalidDataException("The data to judge by has no sample.");
            }

            sum += (double)training.ComputeLoss(count) * count;
            metrics.Add(training, count);
            Count += count;
        }
    }

    public void Dispose() => _feeder.Dispose();
}
