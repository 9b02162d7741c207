using System.Runtime.ExceptionServices;

namespace NetCompiler;

/// <summary>
/// Reads batches ahead on a thread of its own, into a ring of buffers: the same batches in the same order, and what goes wrong is thrown in its place among them.
/// Allocates nothing per batch. The thread lives until <see cref="Dispose"/>.
/// </summary>
internal sealed class PrefetchedBatches : BatchEngine
{
    // A function of the user's that never returns cannot be stopped: its thread ends with the process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly BatchEngine _inner;
    private readonly SampleBuffer[] _ring;
    private readonly int[] _counts;
    private Thread? _thread;
    private CancellationTokenSource _pass = new();
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _wake;
    private (int Epoch, int FirstBatch) _request;

    // The number of the pass that is asked for: a producer of an earlier one throws away what it reads.
    private int _asked;
    private int _head;
    private int _filled;
    private bool _ended;
    private bool _stopped;
    private ExceptionDispatchInfo? _error;
    private ExceptionDispatchInfo? _disposalError;

    public PrefetchedBatches(BatchEngine inner, SampleSchema schema, int batchSize, int batches)
    {
        _inner = inner;
        _ring = [.. Enumerable.Range(0, batches).Select(_ => new SampleBuffer(schema, batchSize))];
        _counts = new int[batches];
    }

    /// <summary>The thread that reads ahead, once there is one.</summary>
    internal Thread? Thread => _thread;

    public override void Begin(int epoch, int firstBatch, CancellationToken cancellation)
    {
        _wake.Dispose();
        _pass.Cancel();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, typeof(BatchReader));
            _pass = new CancellationTokenSource();
            _cancellation = cancellation;
            _request = (epoch, firstBatch);
            _asked++;
            _head = _filled = 0;
            _ended = false;
            _error = null;
            Monitor.PulseAll(_gate);
        }

        _wake = cancellation.UnsafeRegister(static batches => ((PrefetchedBatches)batches!).Wake(), this);
        if (_thread is null)
        {
            _thread = new Thread(Produce) { IsBackground = true, Name = "NetCompiler prefetch" };
            _thread.Start();
        }
    }

    public override int Read(SampleStage stage)
    {
        int slot;
        lock (_gate)
        {
            while (_filled == 0 && !_ended && !_stopped && !_cancellation.IsCancellationRequested)
            {
                Monitor.Wait(_gate);
            }

            _cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_stopped, typeof(BatchReader));
            if (_filled == 0)
            {
                _error?.Throw();
                return 0;
            }

            slot = _head;
        }

        // The producer leaves a filled buffer alone until it is given back.
        int count = _counts[slot];
        _ring[slot].CopyTo(stage, 0, 0, count);
        lock (_gate)
        {
            _head = (slot + 1) % _ring.Length;
            _filled--;
            Monitor.PulseAll(_gate);
        }

        return count;
    }

    public override void Dispose()
    {
        _wake.Dispose();
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        _pass.Cancel();
        if (_thread is null)
        {
            _inner.Dispose();
        }
        else if (_thread.Join(Patience))
        {
            _disposalError?.Throw();
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Produce()
    {
        int served = 0;
        while (WaitForRequest(ref served, out (int Epoch, int FirstBatch) request, out CancellationToken token))
        {
            try
            {
                _inner.Begin(request.Epoch, request.FirstBatch, token);
                while (FindFree(served, out int slot) && Publish(served, slot, _inner.Read(_ring[slot])))
                {
                }
            }
            catch (Exception exception)
            {
                Fail(served, exception);
            }
        }

        // Files are closed by the thread that reads them, also where nobody waits for it any more. An exception of this thread would end the process.
        try
        {
            _inner.Dispose();
        }
        catch (Exception exception)
        {
            _disposalError = ExceptionDispatchInfo.Capture(exception);
        }
    }

    private bool WaitForRequest(ref int served, out (int Epoch, int FirstBatch) request, out CancellationToken token)
    {
        lock (_gate)
        {
            while (!_stopped && _asked == served)
            {
                Monitor.Wait(_gate);
            }

            served = _asked;
            request = _request;
            token = _pass.Token;
            return !_stopped;
        }
    }

    private bool FindFree(int served, out int slot)
    {
        lock (_gate)
        {
            while (!_stopped && _asked == served && _filled == _ring.Length)
            {
                Monitor.Wait(_gate);
            }

            slot = (_head + _filled) % _ring.Length;
            return !_stopped && _asked == served;
        }
    }

    private bool Publish(int served, int slot, int count)
    {
        lock (_gate)
        {
            if (_stopped || _asked != served)
            {
                return false;
            }

            _counts[slot] = count;
            _filled += count > 0 ? 1 : 0;
            _ended = count == 0;
            Monitor.PulseAll(_gate);
            return count > 0;
        }
    }

    private void Fail(int served, Exception exception)
    {
        lock (_gate)
        {
            if (_asked == served)
            {
                _error = ExceptionDispatchInfo.Capture(exception);
                _ended = true;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
