using Benchmarks.Startup;

namespace Benchmarks.Reports;

/// <summary>The first call of a process, everything it needs made beforehand: what is compiled for it.</summary>
internal static class FirstCallTable
{
    /// <summary>Measures and tabulates all cases.</summary>
    /// <param name="program">This program as it was published with ReadyToRun; null is the one that runs.</param>
    public static ReportTable Build(string? program)
    {
        var table = new ReportTable($"the first call of a process, compilation included, {ColdStartTable.Form(program)}", "call", "reached", "goal", "");
        foreach ((string name, double goal) in FirstCall.All)
        {
            double seconds = FirstCall.Measure(name, program);
            table.Add(name, Numbers.Milliseconds(seconds), Numbers.Milliseconds(goal), seconds < goal ? "met" : "missed");
        }

        return table;
    }
}
