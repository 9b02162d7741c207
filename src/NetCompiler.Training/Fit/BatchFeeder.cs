namespace NetCompiler;

/// <summary>Walks a data set in batches, in an order of its own, into the staging columns of a training. Allocates nothing after its creation.</summary>
internal sealed class BatchFeeder
{
    private readonly Dataset _data;
    private readonly int _batchSize;
    private readonly int? _shuffleSeed;
    private readonly int _seed;
    private readonly int[] _order;
    private readonly BatchTransformState[] _transforms;
    private int _epoch;
    private int _next;

    /// <summary>Prepares; every pass begins with <see cref="Begin"/>.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">The number of samples of a batch; the last one may be smaller.</param>
    /// <param name="shuffleSeed">The seed of the order of every epoch; null means the order of the data set.</param>
    /// <param name="seed">The seed of the transforms.</param>
    /// <param name="transforms">What changes every staged batch, in this order.</param>
    public BatchFeeder(Dataset data, int batchSize, int? shuffleSeed = null, int seed = 0, params BatchTransformState[] transforms)
    {
        _data = data;
        _batchSize = batchSize;
        _shuffleSeed = shuffleSeed;
        _seed = seed;
        _transforms = transforms;
        _order = new int[data.Count];
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }
    }

    /// <summary>The number of batches of a pass.</summary>
    public int Batches => (_order.Length + _batchSize - 1) / _batchSize;

    /// <summary>Begins a pass at a batch.</summary>
    public void Begin(ITraining training, int epoch, int firstBatch = 0)
    {
        _epoch = epoch;
        _next = firstBatch;
        if (_shuffleSeed is int seed)
        {
            Permutation.Fill(_order, seed, epoch);
        }

        if (!_data.HasSampleWeights)
        {
            // Another data set's weights may still be there.
            training.SampleWeights.Fill(1);
        }
    }

    /// <summary>Stages the next batch, transformed; returns its number of samples, 0 at the end.</summary>
    public int Read(ITraining training)
    {
        int start = (int)Math.Min((long)_next * _batchSize, _order.Length), count = Math.Min(_batchSize, _order.Length - start);
        if (count == 0)
        {
            return 0;
        }

        _next++;
        ReadOnlySpan<int> samples = _order.AsSpan(start, count);
        _data.CopyBatch(training, samples);
        foreach (BatchTransformState transform in _transforms)
        {
            transform.Apply(training, samples, _seed, _epoch);
        }

        return count;
    }
}
