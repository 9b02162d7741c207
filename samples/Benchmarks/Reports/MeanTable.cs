using Benchmarks.Contenders;
using Benchmarks.Measuring;

namespace Benchmarks.Reports;

/// <summary>Geometric means of how many times longer the peers take than the generated code.</summary>
internal static class MeanTable
{
    private static readonly string[] Predicted = ["xor", "dense64", "credit", "mlp", "mnist_cnn", "cifar_cnn", "sentiment"];
    private static readonly string[] Trained = ["credit", "mlp", "mnist_cnn", "cifar_cnn", "sentiment"];

    /// <summary>Builds the table. A mean over networks of which one was not measured is left empty.</summary>
    public static ReportTable Build(IReadOnlyList<Figure> figures)
    {
        var table = new ReportTable("geometric means", "call", "against", "threads", "goal", ReportTable.Reached, "")
        {
            FirstNumber = 3,
            Note = $"Predictions over {string.Join(", ", Predicted)}; training over {string.Join(", ", Trained)}, against the better of the peer's two times.",
        };
        foreach (int threads in Workload.Threads)
        {
            foreach ((int batch, double goal) in new[] { (1, 6.0), (32, 2.0), (128, 1.8) })
            {
                Add(table, $"predict, batch {batch}", ContenderNames.OnnxRuntime, Numbers.Threads(threads) + " each", goal,
                    Predicted.Select(network => Ratio(figures, new RowKey(network, Mode.Predict, batch, threads), ContenderNames.OnnxRuntime, [threads])));
            }
        }

        int most = Workload.Threads[^1];
        foreach ((int batch, double goal) in new[] { (32, 8.0), (128, 6.0) })
        {
            Add(table, $"training step, batch {batch}", ContenderNames.PyTorch, $"{Numbers.Threads(most)} to its better", goal,
                Trained.Select(network => Ratio(figures, new RowKey(network, Mode.Train, batch, most), ContenderNames.PyTorch, Workload.Threads)));
        }

        return table;
    }

    /// <summary>The geometric mean; null where a ratio is missing.</summary>
    internal static double? Of(IEnumerable<double?> ratios)
    {
        double?[] all = [.. ratios];
        return all.Length == 0 || all.Contains(null) ? null : Math.Exp(all.Average(ratio => Math.Log(ratio!.Value)));
    }

    private static void Add(ReportTable table, string call, string against, string threads, double goal, IEnumerable<double?> ratios)
    {
        double? mean = Of(ratios);
        table.Add(call, against, threads, Numbers.Ratio(goal), mean is { } reached ? Numbers.Ratio(reached) : "", mean is null ? "not compared" : mean >= goal ? "met" : "missed");
    }

    private static double? Ratio(IReadOnlyList<Figure> figures, RowKey row, string against, IReadOnlyList<int> peerThreads)
    {
        Figure? generated = figures.SingleOrDefault(figure => figure.Row == row && figure.Contender == ContenderNames.Generated);
        double[] peers = [.. figures.Where(figure => figure.Contender == against && peerThreads.Contains(figure.Row.Threads) && figure.Row == (row with { Threads = figure.Row.Threads }))
            .Select(figure => figure.Seconds)];
        return generated is null || peers.Length == 0 ? null : peers.Min() / generated.Seconds;
    }
}
