namespace NetCompiler;

/// <summary>Batches of a stream. <see cref="Dispose"/> ends the read of another thread, which then closes the stream.</summary>
internal sealed class StreamBatches(StreamSource source, int batchSize) : BatchEngine
{
    private readonly object _gate = new();
    private SampleStream? _stream;
    private CancellationTokenSource? _pass;
    private CancellationToken _cancellation;
    private CancellationToken _end;
    private long _skip;
    private bool _isReading;
    private bool _isDisposed;

    public override void Begin(int epoch, int firstBatch, CancellationToken cancellation)
    {
        _pass?.Dispose();
        Close();
        _cancellation = cancellation;
        _pass = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _end = _pass.Token;
        _skip = (long)firstBatch * batchSize;
        _stream = source.Open(epoch, _end);
    }

    public override int Read(SampleStage stage)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(BatchReader));
            _isReading = true;
        }

        try
        {
            return ReadBatch(_stream!, stage);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The caller knows its own token, not the one that ends the pass.
            _cancellation.ThrowIfCancellationRequested();
            throw new ObjectDisposedException(typeof(BatchReader).FullName);
        }
        finally
        {
            EndRead();
        }
    }

    public override void Dispose()
    {
        bool isReading;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            isReading = _isReading;
        }

        if (isReading)
        {
            _pass!.Cancel();
        }
        else
        {
            Close();
        }

        _pass?.Dispose();
    }

    private int ReadBatch(SampleStream stream, SampleStage stage)
    {
        for (; _skip > 0; _skip--)
        {
            _end.ThrowIfCancellationRequested();
            if (!stream.Read(stage, 0))
            {
                return 0;
            }
        }

        int count = 0;
        while (count < batchSize && stream.Read(stage, count))
        {
            _end.ThrowIfCancellationRequested();
            count++;
        }

        return count;
    }

    private void EndRead()
    {
        bool isDisposed;
        lock (_gate)
        {
            _isReading = false;
            isDisposed = _isDisposed;
        }

        if (isDisposed)
        {
            Close();
        }
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
