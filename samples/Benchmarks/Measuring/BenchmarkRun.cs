using Benchmarks.Contenders;
using Benchmarks.Machine;
using Benchmarks.Networks;
using Benchmarks.Reports;

namespace Benchmarks.Measuring;

/// <summary>
/// Five rounds, each of which runs the machine's limits, PyTorch's script and every loop once, so that noise hits all alike. A figure
/// is the median of its five runs. The peak of multiply-adds is measured beside every row: where others share the machine, it changes within seconds.
/// </summary>
internal sealed class BenchmarkRun(IReadOnlyList<NetworkCase> networks, Workload workload, PyTorchPeer? pyTorch, MachineLimits limits)
{
    /// <summary>The rounds that count.</summary>
    public const int Rounds = 5;

    private readonly Dictionary<(RowKey Row, string Contender), List<double>> _runs = [];
    private readonly Dictionary<(RowKey Row, string Contender), List<double>> _fractions = [];
    private readonly Dictionary<(RowKey Row, string Contender), List<double>> _peaks = [];
    private readonly Dictionary<(RowKey Row, string Contender), List<double>> _roundTrips = [];

    /// <summary>Measures everything; <paramref name="progress"/> hears what is being done and the part that is done.</summary>
    public IReadOnlyList<Figure> Measure(Action<string, double> progress)
    {
        // A round whose times are dropped: the runtime replaces first versions of methods only after a while.
        progress("warming up", 0);
        foreach (TimedCase timed in workload.Cases)
        {
            TimedLoop.SecondsPerCall(timed.Loop);
        }

        for (int round = 0; round < Rounds; round++)
        {
            progress($"round {round + 1} of {Rounds}: the machine's limits", (double)round / Rounds);
            limits.MeasureRound();
            MeasurePyTorch($"round {round + 1} of {Rounds}: pytorch", (double)round / Rounds, progress);
            double peak = 0;
            for (int i = 0; i < workload.Cases.Count; i++)
            {
                TimedCase timed = workload.Cases[i];
                progress($"round {round + 1} of {Rounds}: {timed.Row.Network}, {timed.Contender}, {Numbers.Threads(timed.Row.Threads)}", (round + ((double)i / workload.Cases.Count)) / Rounds);
                if (i > 0 && workload.Cases[i - 1].Row.Threads > 1)
                {
                    Idle.Wait();
                }

                if (timed.Row.Threads > 1)
                {
                    Add(_roundTrips, timed.Row, timed.Contender, CoreRoundTrip.Measure());
                }

                peak = i > 0 && workload.Cases[i - 1].Row == timed.Row ? peak : FmaPeak.Measure(timed.Row.Threads);
                AddRun(timed.Row, timed.Contender, TimedLoop.SecondsPerCall(timed.Loop), peak);
            }
        }

        string[] order = [.. networks.Select(network => network.Name)];
        return [.. _runs.Select(run => new Figure(run.Key.Row, run.Key.Contender, Median.Of(run.Value), Median.Of(_fractions[run.Key]), Median.Of(_peaks[run.Key]), _roundTrips.TryGetValue(run.Key, out List<double>? trips) ? Median.Of(trips) : null))
            .OrderBy(figure => Array.IndexOf(order, figure.Row.Network)).ThenBy(figure => figure.Row.Threads).ThenBy(figure => figure.Row.Mode).ThenBy(figure => figure.Row.Batch)];
    }

    private void MeasurePyTorch(string stage, double done, Action<string, double> progress)
    {
        (string Network, int Batch)[] wanted = [.. networks.Where(network => PyTorchPeer.Networks.Contains(network.Name))
            .SelectMany(network => new[] { (network.Name, 32), (network.Name, 128) })];
        if (pyTorch is null || wanted.Length == 0)
        {
            return;
        }

        foreach (int threads in Workload.Threads)
        {
            progress($"{stage}, {Numbers.Threads(threads)}", done);
            double peak = FmaPeak.Measure(threads);
            foreach (var ((network, batch), seconds) in pyTorch.MeasureRound(wanted, threads))
            {
                if (wanted.Contains((network, batch)))
                {
                    AddRun(new RowKey(network, Mode.Train, batch, threads), ContenderNames.PyTorch, seconds, peak);
                }
            }
        }
    }

    private void AddRun(RowKey row, string contender, double seconds, double peak)
    {
        NetworkCase network = networks.Single(candidate => candidate.Name == row.Network);
        double operations = row.Mode == Mode.Train ? network.TrainOperations(row.Batch) : network.PredictOperations(row.Batch);
        Add(_runs, row, contender, seconds);
        Add(_fractions, row, contender, operations / seconds / peak);
        Add(_peaks, row, contender, peak);
    }

    private static void Add(Dictionary<(RowKey Row, string Contender), List<double>> figures, RowKey row, string contender, double value)
    {
        if (!figures.TryGetValue((row, contender), out List<double>? runs))
        {
            runs = [];
            figures.Add((row, contender), runs);
        }

        runs.Add(value);
    }
}
