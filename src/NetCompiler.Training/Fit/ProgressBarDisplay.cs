using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;

namespace NetCompiler;

/// <summary>
/// One progress bar per epoch with loss, metrics and the time left; the bars of past epochs stay with their validation. An epoch during which a display of the
/// user's holds the console is shown by <paramref name="fallback"/>. Made after <see cref="TryTakeConsole"/>; <see cref="Close"/> gives the console back.
/// </summary>
internal sealed class ProgressBarDisplay(IAnsiConsole console, FitDisplay fallback) : FitDisplay
{
    // 1 while a training draws its bars: the console refuses a second live display.
    private static int _isTaken;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    private LiveLine? _live;
    private long _start;
    private long _lastRefresh;

    /// <summary>Takes the console for one training; false where another has it.</summary>
    public static bool TryTakeConsole() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    /// <summary>Gives the console back.</summary>
    public static void GiveConsoleBack() => Volatile.Write(ref _isTaken, 0);

    public override void ShowEpoch(FitContext context, MetricSet metrics, Action runBatches)
    {
        _live = null;
        try
        {
            LiveLine.Run(console, live =>
            {
                _live = live;
                _start = Stopwatch.GetTimestamp();
                Show([Epoch(context)], 0);
                runBatches();
                Show(Describe(context, metrics), 1);
            });
        }
        catch (InvalidOperationException) when (_live is null)
        {
            // The console refused before the first batch: a display of the user's is active.
            fallback.ShowEpoch(context, metrics, runBatches);
        }
    }

    public override void EndBatch(FitContext context, MetricSet metrics)
    {
        if (_live is not null && Stopwatch.GetElapsedTime(_lastRefresh) >= RefreshInterval)
        {
            int batches = context.Batches + context.ValidationBatches, done = context.Batch + 1 + context.ValidationBatch;
            Show(Describe(context, metrics), context.Batches == 0 ? null : Math.Min(1, (double)done / batches));
        }
    }

    public override void EndEpoch(FitContext context, TimeSpan elapsed)
    {
        if (_live is null)
        {
            fallback.EndEpoch(context, elapsed);
            return;
        }

        StringBuilder line = new();
        foreach (string name in context.History.Names.Where(name => name.StartsWith("val_", StringComparison.Ordinal)))
        {
            string part = $"  {name} {LineDisplay.Format(context.History.Last(name))}";
            if (line.Length > 0 && line.Length + part.Length >= console.Profile.Width)
            {
                console.WriteLine(line.ToString());
                line.Clear();
            }

            line.Append(part);
        }

        if (line.Length > 0)
        {
            console.WriteLine(line.ToString());
        }
    }

    public override void Tell(string line) => console.WriteLine(line);

    public override void Close() => GiveConsoleBack();

    private static string Epoch(FitContext context) => string.Create(CultureInfo.InvariantCulture, $"epoch {context.Epoch + 1}/{context.Epochs}");

    private static List<string> Describe(FitContext context, MetricSet metrics)
    {
        List<string> parts = [Epoch(context)];
        if (context.Batches == 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"batch {context.Batch + 1}"));
        }

        if (context.ValidationBatch > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"validating {context.ValidationBatch}/{context.ValidationBatches}"));
        }

        parts.Add($"loss {LineDisplay.Format(context.Loss)}");
        parts.AddRange(Enumerable.Range(0, metrics.Count).Select(metric => $"{metrics.Name(metric)} {LineDisplay.Format(metrics.Value(metric))}"));
        return parts;
    }

    private void Show(IReadOnlyList<string> parts, double? fraction)
    {
        _lastRefresh = Stopwatch.GetTimestamp();
        _live!.Show(new ProgressLine(parts, fraction, Stopwatch.GetElapsedTime(_start)));
    }
}
