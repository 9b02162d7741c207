namespace NetCompiler;

/// <summary>What <see cref="NetworkTraining.Fit"/> is made of, for training loops of one's own; <see cref="CallbackList"/> adds callbacks and a history.</summary>
/// <example>
/// <code>
/// MetricSet metrics = new(network);
/// for (int epoch = 0; epoch &lt; 10; epoch++)
/// {
///     metrics.Reset();
///     foreach (int count in train.Batches(training, network.Seed, epoch))
///     {
///         metrics.Add(training, count, training.Step(count, optimizer));
///     }
///
///     Console.WriteLine($"loss {metrics.Loss}  accuracy {metrics["accuracy"]}  val_loss {training.Evaluate(validation).Loss}");
/// }
/// </code>
/// </example>
public static class CustomLoop
{
    /// <summary>The batches of a data set in its own order, of the training's batch size.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="training">Where they are staged, in batches of its batch size; the last one may be smaller.</param>
    /// <param name="cancellationToken">Ends the pass between two batches, and a wait for data.</param>
    /// <exception cref="ArgumentException">The data set was made for another network.</exception>
    public static BatchSequence Batches(this Dataset data, ITraining training, CancellationToken cancellationToken = default)
    {
        RequireFits(data, training);
        return Sequence(data, training, () => new BatchFeeder(data, training.BatchSize), epoch: 0, firstBatch: 0, cancellationToken);
    }

    /// <summary>The batches of an epoch as <see cref="NetworkTraining.Fit"/> takes them: in an order that is a function of seed and epoch alone, transformed.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="training">Where they are staged, in batches of its batch size; the last one may be smaller.</param>
    /// <param name="seed">The seed of the order and of the transforms.</param>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="shuffle">Whether the epoch has an order of its own.</param>
    /// <param name="transforms">What changes the samples, in this order: augmentation.</param>
    /// <param name="firstBatch">The number of batches that are passed over, as if they had been read: where an epoch goes on that was begun before.</param>
    /// <param name="cancellationToken">Ends the pass between two batches, and a wait for data.</param>
    /// <exception cref="ArgumentException">The data set was made for another network, or a transform does not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The epoch or the first batch is negative.</exception>
    public static BatchSequence Batches(
        this Dataset data,
        ITraining training,
        int seed,
        int epoch,
        bool shuffle = true,
        IReadOnlyList<BatchTransform>? transforms = null,
        int firstBatch = 0,
        CancellationToken cancellationToken = default)
    {
        RequireFits(data, training);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        BatchTransformState[] states = [.. Elements.Require(transforms ?? [], nameof(transforms)).Select(transform => transform.CreateState(training.Network.Description))];
        return Sequence(data, training, () => new BatchFeeder(data, training.BatchSize, shuffle, seed, states), epoch, firstBatch, cancellationToken);
    }

    /// <summary>Measures the network of a training over a data set with the training's settings, in inference mode; no weight changes.</summary>
    /// <param name="training">The training; its last batch is another afterwards.</param>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">What is measured beside the loss; null means the usual metric of each loss.</param>
    /// <param name="progress">Is told of every batch.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches.</param>
    /// <exception cref="ArgumentException">The data set has no samples or was made for another network, or a metric does not fit.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Evaluation Evaluate(
        this ITraining training,
        Dataset data,
        IReadOnlyList<Metric>? metrics = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireFits(data, training);
        if (data.KnownCount == 0)
        {
            throw new ArgumentException("The data set has no samples.", nameof(data));
        }

        using Evaluator evaluator = new(data, new MetricSet(training.Network, metrics), training.BatchSize);
        EvaluationRun run = new(training, evaluator, progress, cancellationToken);
        while (run.MoveNext())
        {
        }

        return evaluator.Result;
    }

    private static BatchSequence Sequence(Dataset data, ITraining training, Func<BatchFeeder> feeder, int epoch, int firstBatch, CancellationToken cancellation) =>
        new(data.KnownCount is int count ? (int)(((long)count + training.BatchSize - 1) / training.BatchSize) : null, feeder, training, epoch, firstBatch, cancellation);

    private static void RequireFits(Dataset data, ITraining training)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(training);
        data.Schema.RequireFits(training.Network.Description, nameof(data));
    }
}
