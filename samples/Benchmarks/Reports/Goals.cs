using Benchmarks.Contenders;
using Benchmarks.Measuring;

namespace Benchmarks.Reports;

/// <summary>The ratios and fractions of the peak that the project holds itself to, and whether this run reached them.</summary>
internal static class Goals
{
    private static readonly Goal[] All =
    [
        new(new("xor", Mode.Predict, 1), ContenderNames.OnnxRuntime, 40, 0),
        new(new("credit", Mode.Predict, 1), ContenderNames.OnnxRuntime, 30, 0),
        new(new("dense64", Mode.Predict, 1), ContenderNames.OnnxRuntime, 18, 0),
        new(new("mlp", Mode.Predict, 1), ContenderNames.OnnxRuntime, 2.2, 0),
        new(new("mlp", Mode.Predict, 128), ContenderNames.OnnxRuntime, 1.05, 0.90),
        new(new("mlp512", Mode.Predict, 128), ContenderNames.OnnxRuntime, 1.05, 0.90),
        new(new("mlp", Mode.Train, 32), ContenderNames.PyTorch, 5, 0.65),
        new(new("mlp", Mode.Train, 128), ContenderNames.PyTorch, 2.3, 0.80),
        new(new("credit", Mode.Train, 32), ContenderNames.PyTorch, 25, 0),
        new(new("mnist_cnn", Mode.Predict, 1), ContenderNames.OnnxRuntime, 1.2, 0),
        new(new("mnist_cnn", Mode.Predict, 32), ContenderNames.OnnxRuntime, 1.2, 0),
        new(new("mnist_cnn", Mode.Train, 32), ContenderNames.PyTorch, 12, 0),

        // The generated Predict takes the second convolution in tiles; 1.3 and 1.25 are the goals of windows.
        new(new("cifar_cnn", Mode.Predict, 1), ContenderNames.OnnxRuntime, 1.6, 0),
        new(new("cifar_cnn", Mode.Predict, 32), ContenderNames.OnnxRuntime, 1.7, 0),
        new(new("cifar_cnn", Mode.Train, 32), ContenderNames.PyTorch, 3.7, 0),

        // The generated Predict multiplies the table into the input projection beforehand, but for a table that would grow too large.
        new(new("sentiment", Mode.Predict, 1), ContenderNames.OnnxRuntime, 3, 0),
        new(new("sentiment", Mode.Predict, 32), ContenderNames.OnnxRuntime, 1.9, 0),
        new(new("many_words", Mode.Predict, 1), ContenderNames.OnnxRuntime, 1.5, 0),
        new(new("many_words", Mode.Predict, 32), ContenderNames.OnnxRuntime, 1.15, 0),
        new(new("sentiment", Mode.Train, 32), ContenderNames.PyTorch, 4, 0),
    ];

    /// <summary>Builds the table of the goals whose rows were measured.</summary>
    public static ReportTable Build(IReadOnlyList<Figure> figures)
    {
        var table = new ReportTable("goals, one thread", "row", "against", "goal", ReportTable.Reached, "of the FMA peak", ReportTable.Reached, "") { FirstNumber = 2 };
        foreach (Goal goal in All)
        {
            Figure? generated = Find(figures, goal.Row, ContenderNames.Generated), other = Find(figures, goal.Row, goal.Against);
            if (generated is null)
            {
                continue;
            }

            double? ratio = other?.Seconds / generated.Seconds;
            string verdict = Verdict(ratio, generated.FractionOfPeak, goal.Ratio, goal.Fraction);
            table.Add($"{goal.Row.Network}, {goal.Row.Mode.ToString().ToLowerInvariant()}, batch {goal.Row.Batch}", goal.Against, Numbers.Ratio(goal.Ratio),
                ratio is { } reached ? Numbers.Ratio(reached) : "", goal.Fraction > 0 ? Numbers.Percent(goal.Fraction) : "",
                goal.Fraction > 0 ? Numbers.Percent(generated.FractionOfPeak) : "", verdict);
        }

        return table;
    }

    /// <summary>Whether a row reached its goal. A missed fraction of the peak is missed, whether or not there was a peer to compare with.</summary>
    internal static string Verdict(double? ratio, double fraction, double neededRatio, double neededFraction) =>
        fraction < neededFraction || ratio < neededRatio ? "missed" : ratio is null ? "not compared" : "met";

    private static Figure? Find(IReadOnlyList<Figure> figures, RowKey row, string contender) =>
        figures.SingleOrDefault(figure => figure.Row == row && figure.Contender == contender);

    private sealed record Goal(RowKey Row, string Against, double Ratio, double Fraction);
}
