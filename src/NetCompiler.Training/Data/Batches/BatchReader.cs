namespace NetCompiler;

/// <summary>
/// Reads a data set batch by batch into the staging columns of a training, as <see cref="NetworkTraining.Fit"/> does and a loop of one's own may. Reading allocates
/// nothing per batch where the data is in memory or the samples' functions allocate nothing.
/// </summary>
/// <example>
/// <code>
/// using BatchReader batches = data.Batches(32, shuffleSeed: 1);
/// for (int epoch = 0; epoch &lt; 10; epoch++)
/// {
///     batches.Begin(epoch);
///     while (batches.Read(training) is > 0 and int count)
///     {
///         training.Step(count, optimizer);
///     }
/// }
/// </code>
/// </example>
public sealed class BatchReader : IDisposable
{
    private readonly Dataset _data;
    private readonly BatchEngine _engine;
    private TrainingStage? _stage;

    // The targets that a batch is asked about, as the data set was made for another loss.
    private (int Target, SampleColumn Column)[] _unchecked = [];
    private bool _hasBegun;
    private volatile bool _isDisposed;
    private int _count;

    internal BatchReader(Dataset data, BatchEngine engine, int batchSize)
    {
        _data = data;
        _engine = engine;
        BatchSize = batchSize;
    }

    /// <summary>The number of samples of a batch; the last one of a pass may be smaller.</summary>
    public int BatchSize { get; }

    /// <summary>The number of batches of a pass, or null where only reading the data tells.</summary>
    public int? Batches => _data.KnownCount is int count ? (int)(((long)count + BatchSize - 1) / BatchSize) : null;

    /// <summary>The number in the data set of each sample of the last batch.</summary>
    public ReadOnlySpan<int> Positions => _stage is null ? [] : _stage.Positions[.._count];

    /// <summary>The engine, for tests.</summary>
    internal BatchEngine Engine => _engine;

    /// <summary>Begins a pass; one that is not at its end is left.</summary>
    /// <param name="epoch">The epoch, counted from 0: the order by chance is a function of the seed and of it.</param>
    /// <param name="firstBatch">The number of batches that are passed over: the pass goes on as if they had been read.</param>
    /// <param name="cancellationToken">Ends a wait for data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void Begin(int epoch = 0, int firstBatch = 0, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        _count = 0;
        _engine.Begin(epoch, firstBatch, cancellationToken);
        _hasBegun = true;
    }

    /// <summary>Stages the next batch, its sample weights included.</summary>
    /// <param name="training">A training of the network that the data set was made for.</param>
    /// <returns>The number of its samples; 0 at the end of the pass.</returns>
    /// <exception cref="ArgumentException">The training was made for smaller batches.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The data set was made for a network with another loss, and this one's does not take a target.</exception>
    /// <exception cref="InvalidOperationException">No pass was begun.</exception>
    /// <exception cref="SampleException">A sample could not be read; the message says which and why.</exception>
    /// <exception cref="OperationCanceledException">The pass's token was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed, also by another thread while this one waits for data.</exception>
    public int Read(ITraining training)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(training);
        if (!_hasBegun)
        {
            throw new InvalidOperationException($"Nothing was begun: call {nameof(Begin)} before every pass.");
        }

        if (!ReferenceEquals(training, _stage?.Training))
        {
            _data.Schema.RequireFits(training.Network.Description, nameof(training));
            int most = Math.Min(BatchSize, _data.KnownCount ?? BatchSize);
            if (training.BatchSize < most)
            {
                throw new ArgumentException($"Batches have {most} samples, but the training was made for at most {training.BatchSize}.", nameof(training));
            }

            _stage = new TrainingStage(training, BatchSize);
            _unchecked = _data.Schema.Unchecked(training.Network.Description);
        }

        _count = _engine.Read(_stage!);
        foreach ((int target, SampleColumn column) in _unchecked)
        {
            for (int i = 0; i < _count; i++)
            {
                column.Check(_stage!.FloatTarget(target).Slice(i * column.Length, column.Length), Positions[i]);
            }
        }

        return _count;
    }

    /// <summary>Lets go of files and threads, and ends a wait of another thread for data.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _engine.Dispose();
    }
}
