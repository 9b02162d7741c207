namespace NetCompiler;

/// <summary>Measures loss and metrics over a data set in inference mode, batch by batch.</summary>
internal sealed class Evaluator(Dataset data, MetricSet metrics, int batchSize) : IDisposable
{
    private readonly BatchFeeder _feeder = new(data, batchSize);
    private CancellationToken _cancellation;

    /// <summary>The loss and the metrics so far.</summary>
    public MetricSet Metrics => metrics;

    /// <summary>The number of batches of a pass; 0 where only reading the data tells.</summary>
    public int Batches => _feeder.Batches ?? 0;

    /// <summary>The number of batches that are measured.</summary>
    public int Done { get; private set; }

    /// <summary>What a whole pass measured.</summary>
    public Evaluation Result => metrics.ToEvaluation();

    /// <summary>Begins a pass, which ends between two batches when the token is canceled.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        metrics.Reset();
        Done = 0;
        _cancellation = cancellationToken;
        _feeder.Begin(epoch: 0, firstBatch: 0, cancellationToken);
    }

    /// <summary>Measures the next batch; false at the end.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidDataException">The data is a stream without a sample.</exception>
    public bool MoveNext(ITraining training)
    {
        _cancellation.ThrowIfCancellationRequested();
        int count = _feeder.Stage(training);
        if (count == 0)
        {
            return Done > 0 ? false : throw new InvalidDataException("The data to judge by has no sample.");
        }

        metrics.Add(training, count, training.ComputeLoss(count));
        Done++;
        return true;
    }

    public void Dispose() => _feeder.Dispose();
}
