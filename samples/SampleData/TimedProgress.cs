using Spectre.Console;

namespace Samples.Data;

/// <summary>Progress bars that say how much time is left, and go when they are done.</summary>
public static class TimedProgress
{
    /// <summary>Makes them, on a console or on the standard one.</summary>
    public static Progress Create(IAnsiConsole? console = null) => (console ?? AnsiConsole.Console).Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
}
