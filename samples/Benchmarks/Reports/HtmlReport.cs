using NetCompiler;

namespace Benchmarks.Reports;

/// <summary>Writes a report as one HTML page with everything inside it.</summary>
internal static class HtmlReport
{
    /// <summary>The page.</summary>
    public static string Write(BenchmarkReport report)
    {
        var page = new HtmlPage(BenchmarkReport.Title);
        page.Lead($"{BenchmarkReport.Lead} {BenchmarkReport.Command.ReplaceLineEndings(" && ")}");
        page.Table(["", ""], [.. report.Machine.Select(fact => new[] { fact.Name, fact.Value })]);
        if (report.Picture is { } picture)
        {
            page.Section("Roofline");
            page.Pictures([picture]);
            page.Text(Roofline.Note);
        }

        foreach (ReportTable table in report.Tables)
        {
            page.Section(MarkdownReport.Capital(table.Title));
            page.Table([.. table.Columns], [.. table.Rows]);
            if (table.Note.Length > 0)
            {
                page.Text(table.Note);
            }
        }

        return page.Finish();
    }
}
