using Benchmarks.Startup;

namespace Benchmarks.Reports;

/// <summary>The first call of a process, everything it needs made beforehand: what is left to compile for it. Beside it the time with the making, during which another core compiles.</summary>
internal static class FirstCallTable
{
    /// <summary>Measures and tabulates all cases.</summary>
    /// <param name="program">This program as it was published with ReadyToRun; null is the one that runs.</param>
    public static ReportTable Build(string? program)
    {
        var table = new ReportTable($"the first call of a process, compilation included, {ColdStartTable.Form(program)}", "call", "reached", "goal", "", "", "with making the network or the training");
        foreach ((string name, double goal) in FirstCall.All)
        {
            (double seconds, double whole) = FirstCall.Measure(name, program);
            table.Add(name, Numbers.Milliseconds(seconds), Numbers.Milliseconds(goal), seconds < goal ? "met" : "missed", "", Numbers.Milliseconds(whole));
        }

        return table;
    }
}
