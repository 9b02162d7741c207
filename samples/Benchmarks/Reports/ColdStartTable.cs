using System.Globalization;
using Benchmarks.Contenders;
using Benchmarks.Startup;

namespace Benchmarks.Reports;

/// <summary>From the start of a process to its first prediction, and the memory that the process then occupies.</summary>
internal static class ColdStartTable
{
    // ONNX Runtime's session and first run against everything that ours does; what the .NET runtime needs for itself is the same for both.
    private const double Goal = 2;

    /// <summary>How a program's own code was compiled, in words.</summary>
    /// <param name="program">This program as it was published with ReadyToRun; null is the one that runs.</param>
    public static string Form(string? program) => program is null ? "as it is built" : "published with ReadyToRun";

    /// <summary>Builds the table.</summary>
    /// <param name="figures">What was measured.</param>
    /// <param name="program">The program that it was measured of, as for <see cref="Form"/>.</param>
    public static ReportTable Build(IReadOnlyList<ColdStartFigure> figures, string? program)
    {
        ColdStartFigure[] nothing = [.. figures.Where(figure => figure.Contender is null)];
        var table = new ReportTable($"a fresh process up to its first prediction of one sample, {Form(program)}, medians of {ColdStart.Runs} processes", "network", "generated, in the program", "onnxruntime", "ratio", "",
            "generated, since the start", "onnxruntime", "ratio", "generated, MB above an empty process", "onnxruntime", "ratio", "", "compiled just in time")
        {
            Note = $"With reading the weights or the model, compiling and loading. An empty .NET process takes {Numbers.Milliseconds(nothing.Min(figure => figure.SinceStart))} "
                + $"to its first statement and {Megabytes(nothing.Min(figure => figure.Bytes))} MB. Goal: at most half of ONNX Runtime's. "
                + "Not compared: networks whose peer's model holds fewer weights.",
        };
        foreach (IGrouping<string, ColdStartFigure> network in figures.GroupBy(figure => figure.Network))
        {
            ColdStartFigure empty = network.Single(figure => figure.Contender is null), generated = network.Single(figure => figure.Contender == ContenderNames.Generated);
            ColdStartFigure? other = network.SingleOrDefault(figure => figure.Contender == ContenderNames.OnnxRuntime);
            string Ratio(Func<ColdStartFigure, double> value) => other is null ? "" : Numbers.Ratio(value(other) / value(generated));
            string Verdict(Func<ColdStartFigure, double> value) => other is null ? "not compared" : value(other) >= Goal * value(generated) ? "met" : "missed";
            double Above(ColdStartFigure figure) => Math.Max(1, figure.Bytes - empty.Bytes);
            table.Add(network.Key,
                Numbers.Milliseconds(generated.InProgram), other is null ? "" : Numbers.Milliseconds(other.InProgram), Ratio(figure => figure.InProgram), Verdict(figure => figure.InProgram),
                Numbers.Milliseconds(generated.SinceStart), other is null ? "" : Numbers.Milliseconds(other.SinceStart), Ratio(figure => figure.SinceStart),
                Megabytes(Above(generated)), other is null ? "" : Megabytes(Above(other)), Ratio(Above), Verdict(Above),
                string.Create(CultureInfo.InvariantCulture, $"{generated.Methods:0} methods, {1000 * generated.Compiling:0.0} ms"));
        }

        return table;
    }

    private static string Megabytes(double bytes) => (bytes / (1 << 20)).ToString("0.0", CultureInfo.InvariantCulture);
}
