namespace NetCompiler;

/// <summary>The batches of one pass over a data set: every step of a <c>foreach</c> stages the next batch in the training and gives its number of samples.</summary>
public readonly struct BatchSequence
{
    private readonly BatchFeeder _feeder;
    private readonly ITraining _training;
    private readonly int _epoch;

    internal BatchSequence(BatchFeeder feeder, ITraining training, int epoch)
    {
        _feeder = feeder;
        _training = training;
        _epoch = epoch;
    }

    /// <summary>The number of batches.</summary>
    public int Count => _feeder.Batches;

    /// <summary>Begins the pass.</summary>
    public Enumerator GetEnumerator() => new(_feeder, _training, _epoch);

    /// <summary>Stands at a batch that is staged.</summary>
    public struct Enumerator
    {
        private readonly BatchFeeder _feeder;
        private readonly ITraining _training;

        internal Enumerator(BatchFeeder feeder, ITraining training, int epoch)
        {
            _feeder = feeder;
            _training = training;
            feeder.Begin(training, epoch);
        }

        /// <summary>The number of samples of the staged batch.</summary>
        public int Current { get; private set; }

        /// <summary>Stages the next batch; false at the end.</summary>
        public bool MoveNext() => (Current = _feeder.Read(_training)) > 0;
    }
}
