using System.Diagnostics;
using NetCompiler.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>The tests that measure the memory of the whole process.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryCollection;

/// <summary>Long trainings keep no more memory than short ones.</summary>
[Collection("memory")]
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    // What a history of 1,000 epochs needs, doubled, and what the runtime keeps of its own.
    private const long HeapAllowance = 256 * 1024;

    // Of the process after its warm-up, in which the runtime compiles methods anew and takes the memory that its heaps and threads keep.
    private const long ProcessAllowance = 16 << 20;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("NETCOMPILER_LONG") == "1";

    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-memory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ThousandEpochs_StayFlat()
    {
        Settle();
        Measured measured = new();
        FitOptions options = Checkpoints.KindsRun.Options(1000);
        new Kinds(1).Fit(Checkpoints.KindsRun.Data, options with { Callbacks = [.. options.Callbacks, measured] });
        Figures.Write($"{measured.Early / 100} bytes per epoch from 100 to 200, {measured.Late / 100} from 900 to 1,000; heap {measured.HeapEarly} after 200, {measured.HeapLate} after 1,000", output);

        // Early and late hundreds of epochs allocate the same, but for the doubling of the history's lists and a new best of early stopping.
        Assert.InRange(measured.Late, 0, (measured.Early * 2) + (64 * 1024));
        Assert.InRange(measured.HeapLate - measured.HeapEarly, long.MinValue, HeapAllowance);
    }

    [Fact]
    public void TrainingEvaluatingAndSaving_DoesNotGrow()
    {
        // Ten minutes with NETCOMPILER_LONG=1, a fixed number of rounds otherwise.
        Settle();
        Kinds network = new(1);
        long start = Stopwatch.GetTimestamp(), early = 0, earlyProcess = 0, late = 0, lateProcess = 0;
        int rounds = 0;
        while (rounds < 100 || (IsLong && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(10)))
        {
            FitOptions options = Checkpoints.KindsRun.Options(2, new BackupAndRestore(Path.Combine(_folder, "run.checkpoint"), saveEveryBatches: 3));
            network.Fit(Checkpoints.KindsRun.Data, options);
            Assert.InRange(network.Evaluate(Checkpoints.KindsRun.Data).Accuracy, 0, 1);
            string path = Path.Combine(_folder, "weights.safetensors");
            network.Save(path);
            network = Kinds.Load(path);
            rounds++;
            if (earlyProcess == 0 && (IsLong ? rounds >= 1000 && Stopwatch.GetElapsedTime(start) > WarmUp : rounds == 30))
            {
                (early, earlyProcess) = Memory();
            }
        }

        (late, lateProcess) = Memory();
        Figures.Write($"{rounds} rounds in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; heap {early} -> {late} bytes, process {earlyProcess} -> {lateProcess} bytes", output);
        Assert.Equal(["weights.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.InRange(late - early, long.MinValue, HeapAllowance);
        if (IsLong)
        {
            Assert.InRange(lateProcess - earlyProcess, long.MinValue, ProcessAllowance);
        }
    }

    /// <summary>Lets the test runner end what it does beside its first tests: that grows the heap by some hundred kilobytes.</summary>
    private static void Settle()
    {
        new Kinds(1).Fit(Checkpoints.KindsRun.Data, Checkpoints.KindsRun.Options(200));
        long before = 0, now = Memory().Heap;
        for (int i = 0; i < 50 && Math.Abs(now - before) > HeapAllowance / 16; i++)
        {
            Thread.Sleep(100);
            (before, now) = (now, Memory().Heap);
        }
    }

    private static (long Heap, long Process) Memory()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using Process process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.PrivateMemorySize64);
    }

    private sealed class Measured : Callback
    {
        private long _before;

        public long Early { get; private set; }

        public long Late { get; private set; }

        public long HeapEarly { get; private set; }

        public long HeapLate { get; private set; }

        public override void OnEpochEnd(FitContext context)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            switch (context.Epoch)
            {
                case 99 or 899:
                    _before = now;
                    break;
                case 199:
                    Early = now - _before;
                    HeapEarly = Memory().Heap;
                    break;
                case 999:
                    Late = now - _before;
                    HeapLate = Memory().Heap;
                    break;
            }
        }
    }
}
