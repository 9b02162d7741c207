namespace NetCompiler;

/// <summary>The batches of one pass over a data set: every step of a <c>foreach</c> stages the next batch in the training and gives its number of samples.</summary>
public readonly struct BatchSequence
{
    private readonly Func<BatchFeeder> _feeder;
    private readonly ITraining _training;
    private readonly int _epoch;

    internal BatchSequence(int? count, Func<BatchFeeder> feeder, ITraining training, int epoch)
    {
        Count = count;
        _feeder = feeder;
        _training = training;
        _epoch = epoch;
    }

    /// <summary>The number of batches; null where only reading the data tells.</summary>
    public int? Count { get; }

    /// <summary>Begins the pass.</summary>
    public Enumerator GetEnumerator() => new(_feeder(), _training, _epoch);

    /// <summary>Stands at a batch that is staged.</summary>
    public struct Enumerator : IDisposable
    {
        private readonly BatchFeeder _feeder;
        private readonly ITraining _training;

        internal Enumerator(BatchFeeder feeder, ITraining training, int epoch)
        {
            _feeder = feeder;
            _training = training;
            feeder.Begin(epoch, firstBatch: 0, CancellationToken.None);
        }

        /// <summary>The number of samples of the staged batch.</summary>
        public int Current { get; private set; }

        /// <summary>Stages the next batch; false at the end.</summary>
        /// <exception cref="SampleException">A sample could not be read.</exception>
        public bool MoveNext() => (Current = _feeder.Stage(_training)) > 0;

        /// <summary>Lets go of files and threads.</summary>
        public readonly void Dispose() => _feeder.Dispose();
    }
}
