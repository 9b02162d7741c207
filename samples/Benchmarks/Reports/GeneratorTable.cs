using System.Globalization;
using Benchmarks.Startup;

namespace Benchmarks.Reports;

/// <summary>The time that the generator adds to a build.</summary>
internal static class GeneratorTable
{
    /// <summary>Builds the table.</summary>
    public static ReportTable Build(IReadOnlyList<GeneratorFigures> figures)
    {
        var table = new ReportTable("the generator in a running compiler", "network", "for the first time", "nothing cached", "goal", "", "generated, KB", "an edit in another file", "written again", "a comment in the declaring file", "written again")
        {
            Note = $"The first use in a process takes {Numbers.Milliseconds(figures[0].FirstUse ?? double.NaN)} ({figures[0].Case.Name}): the generator itself is then compiled. For the first time: after small networks alone, much of it is still compiled in haste.",
        };
        foreach (GeneratorFigures figure in figures)
        {
            table.Add(figure.Case.Name, Numbers.Milliseconds(figure.FirstTime), Numbers.Milliseconds(figure.Cold), Numbers.Milliseconds(figure.Case.Goal), figure.Cold <= figure.Case.Goal ? "met" : "missed",
                (figure.Characters / 1024).ToString(CultureInfo.InvariantCulture), Numbers.Milliseconds(figure.AfterEdit), figure.Regenerated.ToString(CultureInfo.InvariantCulture),
                Numbers.Milliseconds(figure.AfterComment), figure.RegeneratedByComment.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }
}
