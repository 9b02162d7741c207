using System.Runtime.InteropServices;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Kernels;

/// <summary>Counts of the whole process (allocated bytes, sleeping threads) are asserted here, so nothing else runs beside.</summary>
[CollectionDefinition(nameof(WorkersTests), DisableParallelization = true)]
[Collection(nameof(WorkersTests))]
public class WorkersTests
{
    // 1024 processors.
    private const int MaskBytes = 128;
    private const int MaskWords = MaskBytes / sizeof(ulong);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Run_ExecutesEveryPartOnce(int parts)
    {
        CountingWork work = new(parts);
        for (int run = 1; run <= 50; run++)
        {
            Workers.Run(work, parts);
            Assert.All(work.Runs, runs => Assert.Equal(run, runs));
        }
    }

    [Fact]
    public void Run_UsesTheCallerForPartZero_AndOtherThreadsForTheOthers()
    {
        CountingWork work = new(Workers.Count);
        Workers.Run(work, Workers.Count);
        Assert.Equal(Environment.CurrentManagedThreadId, work.Threads[0]);
        Assert.Equal(Workers.Count, work.Threads.Distinct().Count());
        int[] before = [.. work.Threads];
        Workers.Run(work, Workers.Count);
        Assert.Equal(before, work.Threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Run_RethrowsAPartsException_AndWorksAfterwards(int failing)
    {
        FailingWork work = new(failing);
        Assert.Equal($"part {failing}", Assert.Throws<InvalidDataException>(() => Workers.Run(work, 2)).Message);
        CountingWork next = new(2);
        Workers.Run(next, 2);
        Assert.Equal([1, 1], next.Runs);
    }

    [Fact]
    public void Run_InsideAPart_RunsOnThatPartsThread()
    {
        NestedWork work = new();
        Workers.Run(work, 2);
        foreach (CountingWork inner in work.Inner)
        {
            Assert.Equal([1, 1, 1], inner.Runs);
            Assert.Single(inner.Threads.Distinct());
        }
    }

    [Fact]
    public void Run_FromManyCallers_FinishesAllOfThem()
    {
        int wrong = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            CountingWork work = new(3);
            for (int run = 0; run < 2_000; run++)
            {
                Workers.Run(work, 3);
            }

            if (work.Runs.Any(runs => runs != 2_000))
            {
                Interlocked.Increment(ref wrong);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(0, wrong);
    }

    [MulticoreFact]
    public void Run_OfAnInterruptedCaller_ReturnsAfterTheOthersEnded_AndInterruptsThen()
    {
        using HeldWork work = new();
        bool hadEnded = false, wasInterrupted = false;
        Exception? error = null;
        Thread caller = new(() =>
        {
            error = Record.Exception(() => Workers.Run(work, 2));
            hadEnded = work.HasEnded;
            wasInterrupted = Record.Exception(() => Thread.Sleep(TimeSpan.FromSeconds(60))) is ThreadInterruptedException;
        });
        caller.Start();
        work.Started.Wait();
        SpinWait.SpinUntil(() => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        caller.Interrupt();

        // A caller that goes on too early does so in this time; the right one never does, however long it is.
        caller.Join(TimeSpan.FromMilliseconds(100));
        work.Release.Set();
        caller.Join();
        Assert.Null(error);
        Assert.True(hadEnded);
        Assert.True(wasInterrupted);
        Workers.Run(new CountingWork(2), 2);
    }

    [Fact]
    public void Run_AllocatesNothing()
    {
        CountingWork work = new(4);
        for (int run = 0; run < 100; run++)
        {
            Workers.Run(work, 4);
        }

        // Other threads of the test host allocate too, now and then: short attempts, and one quiet one proves it.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 500 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int run = 0; run < 5; run++)
            {
                Workers.Run(work, 4);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Threads_SleepWhenIdle_AndWakeAgain()
    {
        CountingWork work = new(Workers.Count);
        for (int round = 1; round <= 3; round++)
        {
            Workers.Run(work, Workers.Count);
            bool asleep = SpinWait.SpinUntil(() => Workers.ParkedCount == Workers.Count - 1, TimeSpan.FromSeconds(60));
            Expect.True(asleep, $"{Workers.ParkedCount} of {Workers.Count - 1} threads sleep");
            Assert.All(work.Runs, runs => Assert.Equal(round, runs));
        }
    }

    // On a thread of its own, which goes on with the core that it is kept on.
    [MulticoreFact]
    public void WorkerOnTheCallersCore_StaysWithinTheProcessAsItIsNow() => OnOwnThread(() =>
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        ulong[] process = new ulong[MaskWords], worker = new ulong[MaskWords], one = new ulong[MaskWords];
        Assert.Equal(0, sched_getaffinity(Environment.ProcessId, MaskBytes, ref process[0]));
        int word = Array.FindIndex(process, bits => bits != 0);
        one[word] = process[word] & (~process[word] + 1);
        Assert.Equal(0, sched_setaffinity(0, MaskBytes, ref one[0]));
        CallerCore.Remember();
        try
        {
            // There is no other core to leave for.
            Assert.Equal(0, sched_setaffinity(Environment.ProcessId, MaskBytes, ref one[0]));
            CallerCore.Leave();
            Assert.Equal(0, sched_getaffinity(0, MaskBytes, ref worker[0]));
            Assert.Equal(one, worker);
        }
        finally
        {
            Assert.Equal(0, sched_setaffinity(Environment.ProcessId, MaskBytes, ref process[0]));
        }

        CallerCore.Leave();
        Assert.Equal(0, sched_getaffinity(0, MaskBytes, ref worker[0]));
        process[word] -= one[word];
        Assert.Equal(process, worker);
    });

    [Fact]
    public void Run_RefusesNoParts() => Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Run(new CountingWork(1), 0));

    private static void OnOwnThread(Action test)
    {
        Exception? error = null;
        Thread thread = new(() => error = Record.Exception(test));
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    [DllImport("libc")]
    private static extern int sched_getaffinity(int thread, nuint size, ref ulong mask);

    [DllImport("libc")]
    private static extern int sched_setaffinity(int thread, nuint size, ref ulong mask);

    private sealed class CountingWork(int parts) : WorkItem
    {
        public int[] Runs { get; } = new int[parts];

        public int[] Threads { get; } = new int[parts];

        public override void Execute(int part, int parts)
        {
            Interlocked.Increment(ref Runs[part]);
            Threads[part] = Environment.CurrentManagedThreadId;
        }
    }

    private sealed class FailingWork(int failing) : WorkItem
    {
        public override void Execute(int part, int parts)
        {
            if (part == failing)
            {
                throw new InvalidDataException($"part {part}");
            }
        }
    }

    /// <summary>Part 1 goes on until it is released.</summary>
    private sealed class HeldWork : WorkItem, IDisposable
    {
        private volatile bool _hasEnded;

        public ManualResetEventSlim Started { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public bool HasEnded => _hasEnded;

        public override void Execute(int part, int parts)
        {
            if (part == 1)
            {
                Started.Set();
                Release.Wait();
                _hasEnded = true;
            }
        }

        public void Dispose()
        {
            Started.Dispose();
            Release.Dispose();
        }
    }

    private sealed class NestedWork : WorkItem
    {
        public CountingWork[] Inner { get; } = [new(3), new(3)];

        public override void Execute(int part, int parts) => Workers.Run(Inner[part], 3);
    }
}
