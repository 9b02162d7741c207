using Spectre.Console;

namespace NetCompiler;

/// <summary>What work outside of a training shows: nothing, a line at its end, or a progress bar on an interactive console where it takes longer than <see cref="Patience"/>.</summary>
internal sealed class WorkDisplay
{
    private readonly IAnsiConsole? _console;
    private readonly TextWriter? _lines;

    /// <summary>Shows a bar on a console, lines on a writer.</summary>
    internal WorkDisplay(IAnsiConsole? console, TextWriter? lines, TimeSpan patience)
    {
        _console = console;
        _lines = lines;
        Patience = patience;
    }

    /// <summary>How long nothing is shown.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Chooses the display.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verbosity.</exception>
    public static WorkDisplay Create(Verbosity verbosity)
    {
        bool drawsBars = verbosity is Verbosity.Auto or Verbosity.ProgressBar && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        return Enum.IsDefined(verbosity)
            ? new WorkDisplay(drawsBars ? AnsiConsole.Console : null, verbosity == Verbosity.Lines ? Console.Out : null, TimeSpan.FromSeconds(2))
            : throw new ArgumentOutOfRangeException(nameof(verbosity), verbosity, $"There is no such {nameof(Verbosity)}.");
    }

    /// <summary>Does the work.</summary>
    public void Run(SteppedWork work)
    {
        bool isDone = false;
        while (!isDone && work.Elapsed < Patience)
        {
            isDone = !work.MoveNext();
        }

        if (!isDone)
        {
            ShowRest(work);
        }

        _lines?.WriteLine(work.Summary);
    }

    private void ShowRest(SteppedWork work)
    {
        if (_console is null || !ProgressBarDisplay.TryTakeConsole())
        {
            RunRest(work, null);
            return;
        }

        bool hasBegun = false;
        try
        {
            _console.Progress()
                .Columns(BarColumns.Create())
                .AutoClear(true)
                .Start(progress =>
                {
                    hasBegun = true;
                    ProgressTask task = progress.AddTask(Markup.Escape(work.Description), maxValue: 1);
                    task.IsIndeterminate = work.Fraction is null;
                    RunRest(work, task);
                });
        }
        catch (InvalidOperationException) when (!hasBegun)
        {
            // A display of the user's is active.
            RunRest(work, null);
        }
        finally
        {
            ProgressBarDisplay.GiveConsoleBack();
        }
    }

    private static void RunRest(SteppedWork work, ProgressTask? task)
    {
        while (work.MoveNext())
        {
            if (task is not null)
            {
                task.Description = Markup.Escape(work.Description);
                task.Value = work.Fraction ?? 0;
            }
        }
    }
}
