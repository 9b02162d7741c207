using System.Diagnostics;
using System.Globalization;
using NetCompiler;
using Spectre.Console;

namespace Samples.Data;

/// <summary>How long many calls took, each by itself.</summary>
/// <param name="Calls">Their number.</param>
/// <param name="Median">Microseconds that half of them did not exceed.</param>
/// <param name="Percent99">Microseconds that all but one in a hundred did not exceed.</param>
/// <param name="Percent999">All but one in a thousand.</param>
/// <param name="Percent9999">All but one in ten thousand.</param>
/// <param name="Worst">Microseconds of the slowest.</param>
/// <param name="OverBudget">How many exceeded the budget.</param>
/// <param name="AllocatedBytes">What the thread allocated from the first call to the last.</param>
/// <param name="Collections">Garbage collections of the process meanwhile, whoever caused them.</param>
/// <param name="Preemptions">How often the system gave the core to others in the midst of it; null where it does not tell.</param>
public sealed record Latencies(
    int Calls, double Median, double Percent99, double Percent999, double Percent9999, double Worst, int OverBudget, long AllocatedBytes, int Collections, long? Preemptions);

/// <summary>
/// Notes how long each call of a loop took, in memory that is there before the loop begins: the log itself allocates nothing and takes no lock. A reading of the clock costs some
/// 20 nanoseconds, which are part of every figure.
/// </summary>
public sealed class LatencyLog
{
    private readonly long[] _ticks;
    private int _count;
    private long _allocated;
    private int _collections;
    private long? _preemptions;

    /// <summary>A log for a number of calls.</summary>
    public LatencyLog(int calls)
    {
        _ticks = GC.AllocateUninitializedArray<long>(calls);

        // The pages of new memory come with the first write to each: not in the loop.
        _ticks.AsSpan().Clear();
    }

    /// <summary>Starts counting what the thread allocates.</summary>
    public void Begin()
    {
        _count = 0;
        _preemptions = CountPreemptions();
        _collections = GC.CollectionCount(0);
        _allocated = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>Notes a call.</summary>
    /// <param name="start">The timestamp before it.</param>
    public void Add(long start) => _ticks[_count++] = Stopwatch.GetTimestamp() - start;

    /// <summary>Ends the log, on the thread that began it.</summary>
    /// <param name="budget">The microseconds that a call may take.</param>
    public Latencies End(double budget)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        int collections = GC.CollectionCount(0) - _collections;
        long? preemptions = CountPreemptions() - _preemptions;
        Span<long> sorted = _ticks.AsSpan(0, _count);
        sorted.Sort();
        int over = 0;
        foreach (long ticks in sorted)
        {
            over += Microseconds(ticks) > budget ? 1 : 0;
        }

        return new Latencies(_count, At(sorted, 0.5), At(sorted, 0.99), At(sorted, 0.999), At(sorted, 0.9999), At(sorted, 1), over, allocated, collections, preemptions);
    }

    /// <summary>Draws, after <see cref="End"/>, the share of the calls that took longer than a time: both axes are logarithmic, so that the rare ones can be seen.</summary>
    /// <param name="budget">The microseconds that a call may take.</param>
    /// <param name="title">The line above.</param>
    /// <param name="calls">What the calls are, as <c>turns</c>.</param>
    public Plot ToPlot(double budget, string title, string calls)
    {
        // 20 points for each power of ten: the n slowest of all.
        double[] slower = [.. Enumerable.Range(0, 1 + (int)(20 * Math.Log10(_count))).Select(i => Math.Floor(Math.Pow(10, i / 20.0))).Distinct()];
        double[] shares = [.. slower.Select(count => count / _count)];
        return new Plot(title, "microseconds", $"share of the {calls} that take longer") { HasLogX = true, HasLogY = true }
            .AddLine(calls, [.. slower.Select(count => Microseconds(_ticks[_count - (int)count]))], shares)
            .AddDashes("budget", [budget, budget], [shares[0], shares[^1]]);
    }

    /// <summary>Writes the figures.</summary>
    /// <param name="latencies">The figures.</param>
    /// <param name="budget">The microseconds that a call may take.</param>
    /// <param name="title">The line above.</param>
    /// <param name="calls">What the calls are, as <c>turns</c>.</param>
    public static void Show(Latencies latencies, double budget, string title, string calls)
    {
        ArgumentNullException.ThrowIfNull(latencies);
        var table = new Table();
        table.AddColumns(calls, "median", "99 %", "99.9 %", "99.99 %", "worst", FormattableString.Invariant($"over {budget:0.#} us"), "bytes allocated", "collections", "preempted");
        string[] times = [.. new[] { latencies.Median, latencies.Percent99, latencies.Percent999, latencies.Percent9999, latencies.Worst }.Select(value => FormattableString.Invariant($"{value:0.00} us"))];
        string[] counts = [.. new[] { latencies.OverBudget, latencies.AllocatedBytes, latencies.Collections }.Select(value => FormattableString.Invariant($"{value:N0}"))];
        table.AddRow([FormattableString.Invariant($"{latencies.Calls:N0}"), .. times, .. counts, FormattableString.Invariant($"{latencies.Preemptions:N0}")]);
        table.Show(title);
    }

    // Of the calling thread, as Linux counts: what a call over its budget mostly comes from.
    private static long? CountPreemptions()
    {
        const string Status = "/proc/thread-self/status", Name = "nonvoluntary_ctxt_switches:";
        return File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } found
            ? long.Parse(found.AsSpan(Name.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }

    private static double At(ReadOnlySpan<long> sorted, double share) => Microseconds(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))]);

    private static double Microseconds(long ticks) => ticks * (1e6 / Stopwatch.Frequency);
}
