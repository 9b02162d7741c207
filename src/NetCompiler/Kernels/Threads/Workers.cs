using System.ComponentModel;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace NetCompiler;

/// <summary>
/// The threads of the process that share the work of all networks: each made when first needed, background, asleep when there is nothing to do. Part p of any work runs
/// on the same thread each time (static partition), so that what a part owns stays in that core's caches. A run allocates nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Workers
{
    private static readonly Signal Finished = new();
    private static readonly Signal?[] Started = new Signal?[Environment.ProcessorCount];
    private static WorkItem? _work;
    private static ExceptionDispatchInfo? _failure;
    private static int _parts;
    private static int _running;
    private static int _busy;
    private static long _sharedRuns;

    /// <summary>The threads that work, the caller among them: one per processor.</summary>
    public static int Count { get; } = Environment.ProcessorCount;

    /// <summary>How often work has been shared between threads.</summary>
    internal static long SharedRuns => Volatile.Read(ref _sharedRuns);

    /// <summary>How many of the threads exist and sleep.</summary>
    internal static int ParkedCount => Started.Count(signal => signal is { IsParked: true });

    /// <summary>
    /// Runs every part once and returns when all have ended: part p on thread p modulo <see cref="Count"/>, 0 being the caller. Inside a part, or while another
    /// caller is at work, everything runs on the calling thread, in order.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="parts">How many parts to cut it into, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is less than 1.</exception>
    /// <remarks>An exception in a part is rethrown here once no thread works any more; of several, the first to occur. The other parts of that thread are skipped.
    /// <see cref="Thread.Interrupt"/> does not end the wait for the other threads: the caller is interrupted at its next wait afterwards.</remarks>
    public static void Run(WorkItem work, int parts)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        if (parts == 1 || Count == 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                work.Execute(part, parts);
            }

            return;
        }

        try
        {
            RunOnThreads(work, parts);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static void RunOnThreads(WorkItem work, int parts)
    {
        int others = Math.Min(parts, Count) - 1;
        for (int thread = 1; thread <= others; thread++)
        {
            if (Started[thread] is null)
            {
                StartThread(thread);
            }
        }

        Volatile.Write(ref _sharedRuns, _sharedRuns + 1);
        _work = work;
        _parts = parts;
        _running = others;
        bool anySlept = false;
        CallerCore.Remember();
        for (int thread = 1; thread <= others; thread++)
        {
            anySlept |= Started[thread]!.Raise();
        }

        if (anySlept)
        {
            // Whoever woke on this core goes to another at once.
            Thread.Yield();
        }

        ExecuteParts(0, work, parts);
        Finished.Wait();
        _work = null;
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    private static void StartThread(int thread)
    {
        Signal started = new();
        new Thread(() => Work(thread, started))
        {
            IsBackground = true,
            Name = string.Create(CultureInfo.InvariantCulture, $"NetCompiler worker {thread}"),
        }.Start();
        Started[thread] = started;
    }

    /// <summary>The life of a thread.</summary>
    private static void Work(int thread, Signal started)
    {
        while (true)
        {
            if (started.Wait())
            {
                CallerCore.Leave();
            }

            ExecuteParts(thread, _work!, _parts);
            if (Interlocked.Decrement(ref _running) == 0)
            {
                Finished.Raise();
            }
        }
    }

    private static void ExecuteParts(int thread, WorkItem work, int parts)
    {
        try
        {
            for (int part = thread; part < parts; part += Count)
            {
                work.Execute(part, parts);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }
}
