using System.Globalization;
using Spectre.Console;

namespace NetCompiler;

/// <summary>What a search shows while it runs: nothing, a line per task, or a progress bar with the time left on an interactive console once it takes longer than <see cref="Patience"/>.</summary>
internal sealed class SearchDisplay(IAnsiConsole? console, TextWriter? lines, TimeSpan patience)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long no bar is shown.</summary>
    public TimeSpan Patience => patience;

    /// <summary>Chooses the display of the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verbosity.</exception>
    public static SearchDisplay Create(SearchOptions options)
    {
        bool canDraw = options.Output is null && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        return options.Verbosity switch
        {
            Verbosity.Auto => new SearchDisplay(canDraw ? AnsiConsole.Console : null, null, TimeSpan.FromSeconds(2)),
            Verbosity.Silent => new SearchDisplay(null, null, TimeSpan.FromSeconds(2)),
            Verbosity.ProgressBar => new SearchDisplay(canDraw ? AnsiConsole.Console : null, canDraw ? null : options.Output ?? Console.Out, TimeSpan.FromSeconds(2)),
            Verbosity.Lines => new SearchDisplay(null, options.Output ?? Console.Out, TimeSpan.FromSeconds(2)),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Verbosity, $"There is no such {nameof(Verbosity)}."),
        };
    }

    /// <summary>Shows a search until it ends.</summary>
    /// <param name="runner">The search, begun.</param>
    /// <param name="monitor">The name of the score.</param>
    /// <param name="valuesOf">The values of a trial.</param>
    /// <param name="progress">Is told of where it stands.</param>
    public void Show(SearchRunner runner, string monitor, Func<int, TrialValues> valuesOf, IProgress<SearchProgress>? progress)
    {
        Run(Step, () => runner.ProgressNow().Elapsed);

        bool Step(ProgressTask? bar)
        {
            bool isAlive = runner.Wait(RefreshInterval);
            IReadOnlyList<(TrialTask Task, TrialOutcome Outcome)> news = runner.TakeNews();
            foreach ((TrialTask task, TrialOutcome outcome) in news)
            {
                lines?.WriteLine(Describe(task, outcome, monitor, valuesOf(task.Trial)));
            }

            SearchProgress now = runner.ProgressNow();
            if (news.Count > 0 || now.Elapsed >= patience)
            {
                progress?.Report(now);
            }

            if (bar is not null)
            {
                bar.Description = Markup.Escape(Describe(now, monitor));
                bar.Value = now.Fraction;
            }

            return isAlive;
        }
    }

    /// <summary>Shows the division of the samples, which comes before the search, until it ends.</summary>
    /// <param name="division">The division, begun.</param>
    /// <param name="count">The number of the search's tasks.</param>
    /// <param name="progress">Is told of where it stands.</param>
    public void Show(SearchDivision division, int count, IProgress<SearchProgress>? progress)
    {
        TimeSpan written = TimeSpan.Zero;
        Run(Step, () => division.Elapsed);

        bool Step(ProgressTask? bar)
        {
            if (!division.Wait(RefreshInterval))
            {
                return false;
            }

            if (division.Now is { } now && now.Elapsed >= patience)
            {
                progress?.Report(new SearchProgress(0, count, 0, null, 0, division.Elapsed) { Division = now });
                if (lines is not null && now.Elapsed - written >= patience)
                {
                    written = now.Elapsed;
                    lines.WriteLine(Describe(now));
                }

                if (bar is not null)
                {
                    bar.Description = "dividing the samples";
                    bar.Value = now.Fraction;
                }
            }

            return true;
        }
    }

    /// <summary>Says that the best trial is trained once more, after the search: a line where there are lines, and on a console where the search took long enough for a bar.</summary>
    /// <param name="trial">The best one.</param>
    /// <param name="onAllSamples">Whether on all samples; otherwise on those it was measured with, as its network was not kept.</param>
    /// <param name="searched">How long the search took.</param>
    public void TellOfLastTraining(Trial trial, bool onAllSamples, TimeSpan searched)
    {
        string line = FormattableString.Invariant($"trial {trial.Number} is the best; training it {(onAllSamples ? "on all samples" : "once more, as its network was not kept")}");
        lines?.WriteLine(line);
        if (searched >= patience)
        {
            console?.WriteLine(line);
        }
    }

    private static string Describe(DataProgress now)
    {
        string left = now.Remaining == TimeSpan.MaxValue ? "" : FormattableString.Invariant($", {now.Remaining.TotalSeconds:0} s left");
        return FormattableString.Invariant($"dividing the samples: {now.Done} of {now.Count?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number"}{left}");
    }

    /// <summary>As <c>trial 3  0.9 s  val_loss 0.1234  units = 64, learning_rate = 0.001</c>.</summary>
    private static string Describe(TrialTask task, TrialOutcome outcome, string monitor, TrialValues values)
    {
        string part = task.Epochs is int epochs ? FormattableString.Invariant($" to epoch {epochs}") : task.Fold > 0 ? FormattableString.Invariant($" fold {task.Fold + 1}") : "";
        string result = outcome.Failure is null ? $"{monitor} {LineDisplay.Format(outcome.Score)}" : $"failed: {outcome.Failure}";
        return string.Create(CultureInfo.InvariantCulture, $"trial {task.Trial}{part}  {outcome.Duration.TotalSeconds:0.0} s  {result}  {values}");
    }

    private static string Describe(SearchProgress now, string monitor)
    {
        string best = now.Best is { } trial ? $"  best {monitor} {LineDisplay.Format(trial.Score)} (trial {trial.Number})" : "";
        return FormattableString.Invariant($"searching {now.Done}/{now.Count}{(now.Failed > 0 ? $", {now.Failed} failed" : "")}{best}");
    }

    private void Run(Func<ProgressTask?, bool> step, Func<TimeSpan> elapsed)
    {
        bool isRunning = true;
        while (isRunning && (console is null || elapsed() < patience))
        {
            isRunning = step(null);
        }

        if (isRunning)
        {
            ShowBar(step);
        }
    }

    private void ShowBar(Func<ProgressTask?, bool> step)
    {
        if (!ProgressBarDisplay.TryTakeConsole())
        {
            RunRest(step, null);
            return;
        }

        bool hasBegun = false;
        try
        {
            console!.Progress()
                .Columns(BarColumns.Create())
                .AutoClear(true)
                .Start(progress =>
                {
                    hasBegun = true;
                    RunRest(step, progress.AddTask("searching", maxValue: 1));
                });
        }
        catch (InvalidOperationException) when (!hasBegun)
        {
            // A display of the user's is active.
            RunRest(step, null);
        }
        finally
        {
            ProgressBarDisplay.GiveConsoleBack();
        }
    }

    private static void RunRest(Func<ProgressTask?, bool> step, ProgressTask? bar)
    {
        while (step(bar))
        {
        }
    }
}
