using Benchmarks.Measuring;

namespace Benchmarks.Machine;

/// <summary>What the machine can do at most, measured between the rows of the table: the best of all rounds, since a limit is what noise takes away from.</summary>
internal sealed class MachineLimits : IDisposable
{
    // A block larger than this takes longer to touch than it adds in certainty.
    private const long LargestBlock = 256L << 20;

    private readonly Dictionary<int, List<double>> _peaks = Workload.Threads.ToDictionary(threads => threads, _ => new List<double>());
    private readonly Level[] _levels;

    public MachineLimits()
    {
        Caches = CacheSizes.Read();
        _levels =
        [
            new Level("L1", Caches.Level1, Caches.Level1 / 2),
            new Level("L2", Caches.Level2, Caches.Level2 / 2),
            new Level("L3", Caches.Level3, Caches.Level3 / 2),
            new Level("memory", long.MaxValue, Math.Min(4 * Caches.Level3, LargestBlock)),
        ];
    }

    public CacheSizes Caches { get; }

    /// <summary>Floating-point operations per second of one thread.</summary>
    public double FmaPeak => FmaPeakOf(threads: 1);

    /// <summary>The names of the levels with the bytes per second that one thread reads from each.</summary>
    public IEnumerable<(string Name, double BytesPerSecond)> Bandwidths => _levels.Select(level => (level.Name, level.Rates.Max()));

    /// <summary>One run of every loop; called once per round, so that noise hits limits and contenders alike.</summary>
    public void MeasureRound()
    {
        foreach ((int threads, List<double> peaks) in _peaks)
        {
            peaks.Add(Machine.FmaPeak.Measure(threads));
        }

        foreach (Level level in _levels)
        {
            level.Rates.Add(level.Block.Measure());
        }
    }

    /// <summary>Floating-point operations per second of so many threads at once.</summary>
    public double FmaPeakOf(int threads) => _peaks[threads].Max();

    /// <summary>The nearest level of the hierarchy that holds <paramref name="bytes"/>, with a fifth of it left for everything else.</summary>
    public (string Name, double BytesPerSecond) LevelFor(long bytes)
    {
        Level level = _levels.First(candidate => bytes <= candidate.Capacity / 5 * 4);
        return (level.Name, level.Rates.Max());
    }

    public void Dispose()
    {
        foreach (Level level in _levels)
        {
            level.Block.Dispose();
        }
    }

    private sealed record Level(string Name, long Capacity, long BlockBytes)
    {
        public ReadBandwidth Block { get; } = new(BlockBytes);

        public List<double> Rates { get; } = [];
    }
}
