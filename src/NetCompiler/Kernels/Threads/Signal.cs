using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>
/// One thread waits, another raises; waiting lowers the signal again. The waiter first spins, as waking a sleeping thread takes 20 to 60 us and a spinning one 0.1,
/// then sleeps. Alternates strictly: it is not raised again before the wait for the last one has returned. <see cref="Thread.Interrupt"/> ends neither: others still
/// use what the interrupted thread would free. It takes effect at that thread's next wait for anything else.
/// </summary>
internal sealed class Signal
{
    private const int Lowered = 0;
    private const int Raised = 1;
    private const int Parked = 2;

    // About half a millisecond: longer than the gap between two calls of a busy program.
    private const int Spins = 20_000;

    private readonly SemaphoreSlim _wake = new(0);
    private State _state;

    /// <summary>Whether the waiter sleeps.</summary>
    public bool IsParked => Volatile.Read(ref _state.Value) == Parked;

    /// <summary>Lets the waiter go on, now or when it comes.</summary>
    /// <returns>Whether it slept.</returns>
    public bool Raise()
    {
        if (Interlocked.Exchange(ref _state.Value, Raised) == Parked)
        {
            // The semaphore's lock can be contended, and waiting for a lock can be interrupted too.
            bool isInterrupted = false;
            while (!TryRelease())
            {
                isInterrupted = true;
            }

            InterruptAgain(isInterrupted);
            return true;
        }

        return false;
    }

    /// <summary>Returns once the signal was raised, and lowers it.</summary>
    /// <returns>Whether the waiter slept.</returns>
    public bool Wait()
    {
        bool slept = false;
        for (int spin = 0; spin < Spins && Volatile.Read(ref _state.Value) != Raised; spin++)
        {
            Pause();
        }

        // Either the signal came, or whoever raises it sees that somebody sleeps.
        if (Interlocked.CompareExchange(ref _state.Value, Parked, Lowered) == Lowered)
        {
            bool isInterrupted = false;
            while (!TryWait())
            {
                isInterrupted = true;
            }

            InterruptAgain(isInterrupted);
            slept = true;
        }

        Volatile.Write(ref _state.Value, Lowered);
        return slept;
    }

    private bool TryRelease()
    {
        try
        {
            _wake.Release();
            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }

    private bool TryWait()
    {
        try
        {
            _wake.Wait();
            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }

    private static void InterruptAgain(bool isInterrupted)
    {
        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

    /// <summary>Alone on its cache lines (pairs of 64 bytes are fetched together), so that nobody's writes disturb the spinning.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct State
    {
        [FieldOffset(128)]
        public int Value;
    }
}
