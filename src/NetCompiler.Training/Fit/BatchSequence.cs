namespace NetCompiler;

/// <summary>The batches of one pass over a data set: every step of a <c>foreach</c> stages the next batch in the training and gives its number of samples.</summary>
public readonly struct BatchSequence
{
    private readonly Func<BatchFeeder> _feeder;
    private readonly ITraining _training;
    private readonly int _epoch;
    private readonly int _firstBatch;
    private readonly CancellationToken _cancellation;

    internal BatchSequence(int? count, Func<BatchFeeder> feeder, ITraining training, int epoch, int firstBatch, CancellationToken cancellation)
    {
        Count = count;
        _feeder = feeder;
        _training = training;
        _epoch = epoch;
        _firstBatch = firstBatch;
        _cancellation = cancellation;
    }

    /// <summary>The number of batches of the whole pass, those that are passed over included; null where only reading the data tells.</summary>
    public int? Count { get; }

    /// <summary>Begins the pass.</summary>
    public Enumerator GetEnumerator() => new(_feeder(), _training, _epoch, _firstBatch, _cancellation);

    /// <summary>Stands at a batch that is staged.</summary>
    public struct Enumerator : IDisposable
    {
        private readonly BatchFeeder _feeder;
        private readonly ITraining _training;
        private readonly CancellationToken _cancellation;

        internal Enumerator(BatchFeeder feeder, ITraining training, int epoch, int firstBatch, CancellationToken cancellation)
        {
            _feeder = feeder;
            _training = training;
            _cancellation = cancellation;
            feeder.Begin(epoch, firstBatch, cancellation);
        }

        /// <summary>The number of samples of the staged batch.</summary>
        public int Current { get; private set; }

        /// <summary>Stages the next batch; false at the end.</summary>
        /// <exception cref="SampleException">A sample could not be read.</exception>
        /// <exception cref="OperationCanceledException">The token of the pass was canceled.</exception>
        public bool MoveNext()
        {
            _cancellation.ThrowIfCancellationRequested();
            return (Current = _feeder.Stage(_training)) > 0;
        }

        /// <summary>Lets go of files and threads.</summary>
        public readonly void Dispose() => _feeder.Dispose();
    }
}
