using System.Globalization;
using Spectre.Console;

namespace NetCompiler;

/// <summary>What an evaluation shows: nothing, a line at its end, or a progress bar on an interactive console where it takes longer than <see cref="Patience"/>.</summary>
internal sealed class EvaluationDisplay
{
    private readonly IAnsiConsole? _console;
    private readonly TextWriter? _lines;

    /// <summary>Shows a bar on a console, lines on a writer.</summary>
    internal EvaluationDisplay(IAnsiConsole? console, TextWriter? lines, TimeSpan patience)
    {
        _console = console;
        _lines = lines;
        Patience = patience;
    }

    /// <summary>How long nothing is shown.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Chooses the display.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verbosity.</exception>
    public static EvaluationDisplay Create(Verbosity verbosity)
    {
        bool drawsBars = verbosity is Verbosity.Auto or Verbosity.ProgressBar && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        return Enum.IsDefined(verbosity)
            ? new EvaluationDisplay(drawsBars ? AnsiConsole.Console : null, verbosity == Verbosity.Lines ? Console.Out : null, TimeSpan.FromSeconds(2))
            : throw new ArgumentOutOfRangeException(nameof(verbosity), verbosity, $"There is no such {nameof(Verbosity)}.");
    }

    /// <summary>Runs what is left of the evaluation.</summary>
    public void ShowRest(EvaluationRun run)
    {
        if (_console is null || !ProgressBarDisplay.TryTakeConsole())
        {
            RunRest(run, null);
            return;
        }

        bool hasBegun = false;
        try
        {
            _console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .AutoClear(true)
                .Start(progress =>
                {
                    hasBegun = true;
                    RunRest(run, progress.AddTask("evaluating", maxValue: run.Evaluator.Batches));
                });
        }
        catch (InvalidOperationException) when (!hasBegun)
        {
            // A display of the user's is active.
            RunRest(run, null);
        }
        finally
        {
            ProgressBarDisplay.GiveConsoleBack();
        }
    }

    /// <summary>After the last batch.</summary>
    public void End(Evaluation result, TimeSpan elapsed)
    {
        if (_lines is not null)
        {
            string metrics = string.Concat(result.Metrics.Select(metric => $"  {metric.Key} {LineDisplay.Format(metric.Value)}"));
            _lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"evaluated {result.Count}  {elapsed.TotalSeconds:0.0} s  loss {LineDisplay.Format(result.Loss)}{metrics}"));
        }
    }

    private static void RunRest(EvaluationRun run, ProgressTask? task)
    {
        while (run.MoveNext())
        {
            if (task is not null)
            {
                task.Description = $"evaluating  loss {LineDisplay.Format(run.Evaluator.Metrics.Loss)}";
                task.Value = run.Evaluator.Done;
            }
        }
    }
}
