using Spectre.Console;

namespace NetCompiler;

/// <summary>What a training shows while it runs; this one shows nothing but what callbacks are asked to tell.</summary>
/// <param name="told">Where that is written; null for nowhere.</param>
internal class FitDisplay(TextWriter? told = null)
{
    /// <summary>Chooses the display of the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verbosity.</exception>
    public static FitDisplay Create(FitOptions options) => Create(options, AnsiConsole.Console, Console.IsOutputRedirected);

    /// <summary>Chooses the display of the options on a console. A bar is for one training at a time; the others show what they would without an interactive console.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verbosity.</exception>
    internal static FitDisplay Create(FitOptions options, IAnsiConsole console, bool isRedirected)
    {
        // A console of the user's that writes elsewhere is not what was redirected. Without ANSI a line cannot be drawn again.
        bool drawsBars = options.Output is null && console.Profile.Capabilities is { Interactive: true, Ansi: true } && !(isRedirected && ReferenceEquals(console.Profile.Out.Writer, Console.Out));
        switch (options.Verbosity)
        {
            case Verbosity.Auto:
                return drawsBars && !isRedirected && ProgressBarDisplay.TryTakeConsole() ? new ProgressBarDisplay(console, new FitDisplay()) : new FitDisplay(options.Output ?? Console.Out);
            case Verbosity.Silent:
                return new FitDisplay();
            case Verbosity.ProgressBar:
                // A file or a pipe cannot redraw a bar: lines say the same.
                LineDisplay lines = new(options.Output ?? (drawsBars ? console.Profile.Out.Writer : Console.Out));
                return drawsBars && ProgressBarDisplay.TryTakeConsole() ? new ProgressBarDisplay(console, lines) : lines;
            case Verbosity.Lines:
                return new LineDisplay(options.Output ?? Console.Out);
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Verbosity, $"There is no such {nameof(Verbosity)}.");
        }
    }

    /// <summary>Runs the batches of an epoch, of its validation too.</summary>
    public virtual void ShowEpoch(FitContext context, MetricSet metrics, Action runBatches) => runBatches();

    /// <summary>After a batch, of training or of validation.</summary>
    public virtual void EndBatch(FitContext context, MetricSet metrics)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    public virtual void EndEpoch(FitContext context, TimeSpan elapsed)
    {
    }

    /// <summary>Writes a line of a callback that was asked to tell what it does.</summary>
    public virtual void Tell(string line) => told?.WriteLine(line);

    /// <summary>After the training, however it ended: lets go of the console.</summary>
    public virtual void Close()
    {
    }
}
