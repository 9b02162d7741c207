using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Lets one caller at a time use a training, and none after it was disposed. Generated trainings hold one.</summary>
/// <param name="training">The training's class, for messages.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingGuard(string training)
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Disposed = 2;

    private int _state;

    /// <summary>Begins a call; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The training was disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        int state = Interlocked.CompareExchange(ref _state, Busy, Idle);
        if (state != Idle)
        {
            Throw(state);
        }
    }

    /// <summary>Ends a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => Volatile.Write(ref _state, Idle);

    /// <summary>Asks that the training can still be read.</summary>
    /// <exception cref="ObjectDisposedException">The training was disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RequireAlive()
    {
        if (Volatile.Read(ref _state) == Disposed)
        {
            Throw(Disposed);
        }
    }

    /// <summary>Refuses all further calls; returns false if that was so already.</summary>
    /// <exception cref="InvalidOperationException">A call is under way.</exception>
    public bool Dispose()
    {
        int state = Interlocked.CompareExchange(ref _state, Disposed, Idle);
        if (state == Busy)
        {
            Throw(state);
        }

        return state == Idle;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Throw(int state) =>
        throw (state == Disposed
            ? new ObjectDisposedException(training)
            : new InvalidOperationException($"{training} is in use by another call. A training belongs to one caller at a time; make one for each thread."));
}
