using System.Runtime.ExceptionServices;

namespace NetCompiler;

/// <summary>Work on a thread of its own, so that the thread that waits for it can tell of it, however long a part of it takes.</summary>
internal sealed class BackgroundWork : IDisposable
{
    private readonly Thread _thread;
    private readonly Action _stop;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Begins.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Ends it early.</param>
    public BackgroundWork(string name, Action work, Action stop)
    {
        _stop = stop;
        _thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Waits, but not long; false when the work has ended.</summary>
    public bool Wait(TimeSpan patience) => !_thread.Join(patience);

    /// <summary>Waits for the end; what was thrown there is thrown here.</summary>
    public void End()
    {
        _thread.Join();
        _failure?.Throw();
    }

    /// <summary>Stops the work where it still runs, and waits for it.</summary>
    public void Dispose()
    {
        if (_thread.IsAlive)
        {
            _stop();
            _thread.Join();
        }
    }
}
