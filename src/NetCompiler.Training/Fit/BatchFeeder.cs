namespace NetCompiler;

/// <summary>Walks a data set in batches into the staging columns of a training, and augments them. Allocates nothing per batch.</summary>
internal sealed class BatchFeeder : IDisposable
{
    private readonly BatchReader _reader;
    private readonly int _seed;
    private readonly BatchTransformState[] _transforms;
    private int _epoch;

    /// <summary>Prepares; nothing is read yet.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="batchSize">The number of samples of a batch.</param>
    /// <param name="shuffle">Whether every epoch has an order of its own.</param>
    /// <param name="seed">The seed of the orders and of the transforms.</param>
    /// <param name="transforms">What changes the samples.</param>
    public BatchFeeder(Dataset data, int batchSize, bool shuffle = false, int seed = 0, params BatchTransformState[] transforms)
    {
        _reader = data.Batches(batchSize, shuffle ? seed : null);
        _seed = seed;
        _transforms = transforms;
    }

    /// <summary>The number of batches, the last one possibly smaller; null where only reading the data tells.</summary>
    public int? Batches => _reader.Batches;

    /// <summary>Begins an epoch at one of its batches.</summary>
    public void Begin(int epoch, int firstBatch, CancellationToken cancellation)
    {
        _epoch = epoch;
        _reader.Begin(epoch, firstBatch, cancellation);
    }

    /// <summary>Stages the next batch; returns its number of samples, 0 at the end.</summary>
    public int Stage(ITraining training)
    {
        int count = _reader.Read(training);
        if (count > 0)
        {
            foreach (BatchTransformState transform in _transforms)
            {
                transform.Apply(training, _reader.Positions, _seed, _epoch);
            }
        }

        return count;
    }

    public void Dispose() => _reader.Dispose();
}
