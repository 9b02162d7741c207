namespace NetCompiler;

/// <summary>Measures loss and metrics over a data set in inference mode, batch by batch.</summary>
internal sealed class Evaluator(Dataset data, MetricSet metrics, int batchSize)
{
    private readonly BatchFeeder _feeder = new(data, batchSize);

    /// <summary>The loss and the metrics so far.</summary>
    public MetricSet Metrics => metrics;

    /// <summary>The number of batches of a pass.</summary>
    public int Batches => _feeder.Batches;

    /// <summary>The number of batches that are measured.</summary>
    public int Done { get; private set; }

    /// <summary>What a whole pass measured.</summary>
    public Evaluation Result => metrics.ToEvaluation();

    /// <summary>Begins a pass.</summary>
    public void Begin(ITraining training)
    {
        metrics.Reset();
        Done = 0;
        _feeder.Begin(training, epoch: 0);
    }

    /// <summary>Measures the next batch; false at the end.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public bool MoveNext(ITraining training, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = _feeder.Read(training);
        if (count == 0)
        {
            return false;
        }

        metrics.Add(training, count, training.ComputeLoss(count));
        Done++;
        return true;
    }
}
