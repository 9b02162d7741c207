using System.Globalization;
using Benchmarks.Contenders;
using Benchmarks.Machine;
using Benchmarks.Measuring;
using Benchmarks.Networks;

namespace Benchmarks.Reports;

/// <summary>The times on so many threads: a row per network, mode and batch, a column per contender, and how far the generated code is from the machine's limit.</summary>
internal static class FigureTable
{
    /// <summary>Builds the table. Other contenders' times stand with their ratio to the generated code's.</summary>
    public static ReportTable Build(IReadOnlyList<NetworkCase> networks, IReadOnlyList<Figure> figures, MachineLimits limits, int threads)
    {
        Figure[] shown = [.. figures.Where(figure => figure.Row.Threads == threads)];
        string[] others = [.. ContenderNames.All.Where(name => name != ContenderNames.Generated && shown.Any(figure => figure.Contender == name))];
        var table = new ReportTable($"microseconds per call, {Numbers.Threads(threads)}, medians of {BenchmarkRun.Rounds} runs",
            [.. (string[])["network", "call", "batch", "generated", "of the limit"], .. threads > 1 ? ["of one thread's speed", "of one core's multiply-adds", "between two cores and back"] : (string[])[], .. others])
        {
            FirstNumber = 2,
            Note = "In brackets: how many times longer than the generated code." + (threads > 1
                ? " Of one core's multiply-adds: what the threads' cores reached together just before the runs; 1 where a virtual machine's two are halves of one. Between cores: a number's way to another core and back. The gain of two threads depends on both, and on a virtual machine they change."
                : " Dependent: each prediction reads what the last one wrote."),
        };
        foreach (NetworkCase network in networks)
        {
            foreach (IGrouping<RowKey, Figure> row in shown.Where(figure => figure.Row.Network == network.Name).GroupBy(figure => figure.Row))
            {
                Figure generated = row.Single(figure => figure.Contender == ContenderNames.Generated);
                Figure? alone = figures.SingleOrDefault(figure => figure.Row == (row.Key with { Threads = 1 }) && figure.Contender == ContenderNames.Generated);
                string[] speed = threads == 1 ? []
                    : [alone is null ? "" : Numbers.Ratio(alone.Seconds / generated.Seconds), Numbers.Ratio(generated.Peak / limits.FmaPeak), generated.RoundTrip is { } trip ? Numbers.Nanoseconds(trip) : ""];
                table.Add([
                    network.Name, Call(row.Key), row.Key.Batch.ToString(CultureInfo.InvariantCulture), Numbers.Microseconds(generated.Seconds), Limit(network, generated, limits), .. speed,
                    .. others.Select(name => Other(row.SingleOrDefault(figure => figure.Contender == name), generated))]);
            }
        }

        return table;
    }

    private static string Call(RowKey row) => row.Mode switch { Mode.Predict => "predict", Mode.PredictDependent => "dependent", _ => "train" };

    private static string Other(Figure? other, Figure generated) => other is null ? "" : $"{Numbers.Microseconds(other.Seconds)} ({Numbers.Ratio(other.Seconds / generated.Seconds)})";

    /// <summary>One sample reads every weight once, so it is bound by the memory that holds them; batches are bound by arithmetic.</summary>
    private static string Limit(NetworkCase network, Figure generated, MachineLimits limits)
    {
        if (generated.Row.Batch > 1)
        {
            return Numbers.Percent(generated.FractionOfPeak) + " FMA";
        }

        // What two threads read from caches of their own is not measured.
        if (generated.Row.Threads > 1)
        {
            return "";
        }

        (string name, double bytesPerSecond) = limits.LevelFor(network.WeightBytes);
        return $"{Numbers.Percent(network.WeightBytesRead / generated.Seconds / bytesPerSecond)} {name}";
    }
}
