using Benchmarks.Contenders;
using Benchmarks.Machine;
using Benchmarks.Networks;
using Benchmarks.Reports;

namespace Benchmarks.Measuring;

/// <summary>
/// Five rounds, each of which runs the machine's limits, PyTorch's script and every loop once, so that noise hits all alike. A figure
/// is the median of its five runs.
/// </summary>
internal sealed class BenchmarkRun(IReadOnlyList<NetworkCase> networks, Workload workload, PyTorchPeer? pyTorch, MachineLimits limits)
{
    /// <summary>The rounds that count.</summary>
    public const int Rounds = 5;

    private readonly Dictionary<(RowKey Row, string Contender), List<double>> _runs = [];
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
            for (int i = 0; i < workload.Cases.Count; i++)
            {
                TimedCase timed = workload.Cases[i];
                progress($"round {round + 1} of {Rounds}: {timed.Row.Network}, {timed.Contender}, {Numbers.Threads(timed.Row.Threads)}", (round + ((double)i / workload.Cases.Count)) / Rounds);
                if (timed.Row.Threads > 1)
                {
                    Add(_roundTrips, timed.Row, timed.Contender, CoreRoundTrip.Measure());
                }

                Add(_runs, timed.Row, timed.Contender, TimedLoop.SecondsPerCall(timed.Loop));
            }
        }

        string[] order = [.. networks.Select(network => network.Name)];
        return [.. _runs.Select(run => FigureOf(run.Key.Row, run.Key.Contender, Median.Of(run.Value)))
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
            foreach (var ((network, batch), seconds) in pyTorch.MeasureRound(wanted, threads))
            {
                if (wanted.Contains((network, batch)))
                {
                    Add(_runs, new RowKey(network, Mode.Train, batch, threads), ContenderNames.PyTorch, seconds);
                }
            }
        }
    }

    private static void Add(Dictionary<(RowKey Row, string Contender), List<double>> figures, RowKey row, string contender, double seconds)
    {
        if (!figures.TryGetValue((row, contender), out List<double>? runs))
        {
            runs = [];
            figures.Add((row, contender), runs);
        }

        runs.Add(seconds);
    }

    private Figure FigureOf(RowKey row, string contender, double seconds)
    {
        NetworkCase network = networks.Single(candidate => candidate.Name == row.Network);
        double operations = row.Mode == Mode.Train ? network.TrainOperations(row.Batch) : network.PredictOperations(row.Batch);
        double? roundTrip = _roundTrips.TryGetValue((row, contender), out List<double>? trips) ? Median.Of(trips) : null;
        return new Figure(row, contender, seconds, operations / seconds / limits.FmaPeakOf(row.Threads), roundTrip);
    }
}
