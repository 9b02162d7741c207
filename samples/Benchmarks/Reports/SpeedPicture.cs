using Benchmarks.Contenders;
using Benchmarks.Measuring;
using NetCompiler;

namespace Benchmarks.Reports;

/// <summary>The figures as points: how long a call takes by generated code, against how long it takes otherwise. Below the line, generated code is faster.</summary>
internal static class SpeedPicture
{
    /// <summary>Draws all rows that were measured, a colour and a shape for each contender.</summary>
    /// <exception cref="InvalidOperationException">There are no figures.</exception>
    public static Plot Draw(IReadOnlyList<Figure> figures)
    {
        var generated = figures.Where(figure => figure.Contender == ContenderNames.Generated).ToDictionary(figure => figure.Row, Microseconds);
        var plot = new Plot("microseconds of a call", "others", "generated code") { HasLogX = true, HasLogY = true, Size = (560, 480) };
        foreach (var others in figures.Where(figure => generated.ContainsKey(figure.Row) && figure.Contender != ContenderNames.Generated).GroupBy(figure => figure.Contender))
        {
            plot.AddPoints(others.Key, [.. others.Select(Microseconds)], [.. others.Select(figure => generated[figure.Row])]);
        }

        double[] ends = [generated.Values.Min(), figures.Max(Microseconds)];
        return plot.AddDashes("as fast", ends, ends);
    }

    private static double Microseconds(Figure figure) => 1e6 * figure.Seconds;
}
