namespace NetCompiler;

/// <summary>Batches of a data set with random access, in its order or in an order by chance for every epoch.</summary>
internal sealed class IndexedBatches : BatchEngine
{
    private readonly IndexedDataset _data;
    private readonly int _batchSize;
    private readonly int? _seed;
    private readonly int[] _order;
    private int _epoch;
    private long _next;

    public IndexedBatches(IndexedDataset data, int batchSize, int? seed)
    {
        _data = data;
        _batchSize = batchSize;
        _seed = seed;
        _order = new int[data.Count];
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }
    }

    public override void Begin(int epoch, int firstBatch, CancellationToken cancellation)
    {
        _epoch = epoch;
        _next = (long)firstBatch * _batchSize;
        if (_seed is int seed)
        {
            Permutation.Fill(_order, seed, epoch);
        }
    }

    public override int Read(SampleStage stage)
    {
        int start = (int)Math.Min(_next, _order.Length), count = Math.Min(_batchSize, _order.Length - start);
        ReadOnlySpan<int> positions = _order.AsSpan(start, count);
        _data.Copy(positions, stage, 0, _epoch);
        positions.CopyTo(stage.Positions);
        _next += count;
        return count;
    }

    public override void Dispose()
    {
    }
}
