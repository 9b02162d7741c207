using global::Benchmarks.Reports;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>The benchmark's tables on a console.</summary>
public class BenchmarkTableTests
{
    [Fact]
    public void WideTable_KeepsItsRowsOnANarrowConsole()
    {
        ReportTable report = new("title", [.. Enumerable.Range(1, 12).Select(i => $"column {i}")]);
        report.Add([.. Enumerable.Range(1, 12).Select(i => $"{i} microseconds")]);
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 80;
        report.ToConsole().WriteWhole(console);
        string row = text.ToString().Split('\n').Single(line => line.Contains("12 microseconds", StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, 12), i => Assert.Contains($" {i} microseconds ", row, StringComparison.Ordinal));
        Assert.Equal(80, console.Profile.Width);
    }

    [Fact]
    public void GoalsThatNothingWasMeasuredFor_AreNoFigures()
    {
        Assert.False(MeanTable.Build([]).HasFigures);
        Assert.False(Goals.Build([]).HasFigures);
        ReportTable reached = new("title", "goal", ReportTable.Reached), others = new("title", "network");
        reached.Add("2", "2.5");
        Assert.True(reached.HasFigures);
        Assert.True(others.HasFigures);
    }
}
