namespace NetCompiler;

/// <summary>Walks a data set in batches, in an order of its own, into the staging columns of a training. Allocates nothing after its creation.</summary>
internal sealed class BatchFeeder
{
    private readonly Dataset _data;
    private readonly int _batchSize;
    private readonly int[] _order;
    private readonly BatchTransformState[] _transforms;

    /// <summary>Starts with the order of the data set.</summary>
    public BatchFeeder(Dataset data, int batchSize, params BatchTransformState[] transforms)
    {
        _data = data;
        _batchSize = batchSize;
        _transforms = transforms;
        _order = new int[data.Count];
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }
    }

    /// <summary>The number of batches, the last one possibly smaller.</summary>
    public int Batches => (_order.Length + _batchSize - 1) / _batchSize;

    /// <summary>Takes the order of an epoch.</summary>
    public void Shuffle(int seed, int epoch) => Permutation.Fill(_order, seed, epoch);

    /// <summary>Changes the staged batch as the transforms say.</summary>
    public void Transform(ITraining training, int batch, int seed, int epoch)
    {
        int start = batch * _batchSize, count = Math.Min(_batchSize, _order.Length - start);
        foreach (BatchTransformState transform in _transforms)
        {
            transform.Apply(training, _order.AsSpan(start, count), seed, epoch);
        }
    }

    /// <summary>Stages a batch; returns its number of samples.</summary>
    public int Stage(ITraining training, int batch, ref bool weightsWritten)
    {
        int start = batch * _batchSize, count = Math.Min(_batchSize, _order.Length - start);
        _data.CopyBatch(training, _order.AsSpan(start, count));
        if (_data.HasSampleWeights)
        {
            weightsWritten = true;
        }
        else if (weightsWritten)
        {
            // Another data set's weights are still there.
            training.SampleWeights.Fill(1);
            weightsWritten = false;
        }

        return count;
    }
}
