using Spectre.Console;

namespace NetCompiler;

/// <summary>What a training shows while it runs; this one shows nothing.</summary>
internal class FitDisplay
{
    /// <summary>Chooses the display of the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verbosity.</exception>
    public static FitDisplay Create(FitOptions options)
    {
        switch (options.Verbosity)
        {
            case Verbosity.Auto when options.Output is null && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive:
                return new ProgressBarDisplay(AnsiConsole.Console);
            case Verbosity.Auto or Verbosity.Silent:
                return new FitDisplay();
            case Verbosity.ProgressBar:
                // A file or a pipe cannot redraw a bar: lines say the same.
                return options.Output is null && AnsiConsole.Profile.Capabilities.Interactive
                    ? new ProgressBarDisplay(AnsiConsole.Console)
                    : new LineDisplay(options.Output ?? Console.Out);
            case Verbosity.Lines:
                return new LineDisplay(options.Output ?? Console.Out);
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Verbosity, $"There is no such {nameof(Verbosity)}.");
        }
    }

    /// <summary>Runs the batches of an epoch.</summary>
    public virtual void ShowEpoch(FitContext context, MetricSet metrics, Action runBatches) => runBatches();

    /// <summary>After a batch.</summary>
    public virtual void EndBatch(FitContext context, MetricSet metrics)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    public virtual void EndEpoch(FitContext context, TimeSpan elapsed)
    {
    }
}
