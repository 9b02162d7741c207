namespace NetCompiler;

/// <summary>Batches of a stream.</summary>
internal sealed class StreamBatches(StreamSource source, int batchSize) : BatchEngine
{
    private SampleStream? _stream;
    private CancellationToken _cancellation;
    private long _skip;

    public override void Begin(int epoch, int firstBatch, CancellationToken cancellation)
    {
        Dispose();
        _cancellation = cancellation;
        _skip = (long)firstBatch * batchSize;
        _stream = source.Open(epoch, cancellation);
    }

    public override int Read(SampleStage stage)
    {
        for (; _skip > 0; _skip--)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!_stream!.Read(stage, 0))
            {
                return 0;
            }
        }

        int count = 0;
        while (count < batchSize && _stream!.Read(stage, count))
        {
            _cancellation.ThrowIfCancellationRequested();
            count++;
        }

        return count;
    }

    public override void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
