using System.Text;

namespace Benchmarks.Reports;

/// <summary>Writes a report as a Markdown page.</summary>
internal static class MarkdownReport
{
    /// <summary>The page; the picture is a file beside it.</summary>
    public static string Write(BenchmarkReport report, string? picture)
    {
        var text = new StringBuilder($"# {BenchmarkReport.Title}\n\n{BenchmarkReport.Lead}\n\n```\n{BenchmarkReport.Command}\n```\n\n| | |\n|---|---|\n");
        foreach ((string name, string value) in report.Machine)
        {
            text.Append($"| {Escape(name)} | {Escape(value)} |\n");
        }

        foreach (ReportTable table in report.Tables)
        {
            text.Append($"\n## {Capital(table.Title)}\n\n");
            text.Append($"| {string.Join(" | ", table.Columns.Select(Escape))} |\n|{string.Concat(table.Columns.Select((_, i) => i >= table.FirstNumber ? "---:|" : "---|"))}\n");
            foreach (string[] row in table.Rows)
            {
                text.Append($"| {string.Join(" | ", row.Select(Escape))} |\n");
            }

            if (table.Note.Length > 0)
            {
                text.Append($"\n{table.Note}\n");
            }
        }

        if (picture is not null)
        {
            text.Append($"\n## Roofline\n\n![Operations per second over operations per byte, below the machine's roofs]({picture})\n\n{Roofline.Note}\n");
        }

        return text.ToString();
    }

    /// <summary>A title as the beginning of a line.</summary>
    internal static string Capital(string title) => string.Concat(char.ToUpperInvariant(title[0]).ToString(), title.AsSpan(1));

    private static string Escape(string cell) => cell.Replace("|", "\\|");
}
