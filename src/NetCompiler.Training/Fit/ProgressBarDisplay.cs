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

    private ProgressTask? _task;
    private long _lastRefresh;

    /// <summary>Takes the console for one training; false where another has it.</summary>
    public static bool TryTakeConsole() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    /// <summary>Gives the console back.</summary>
    public static void GiveConsoleBack() => Volatile.Write(ref _isTaken, 0);

    public override void ShowEpoch(FitContext context, MetricSet metrics, Action runBatches)
    {
        _task = null;
        try
        {
            console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(progress =>
                {
                    _task = progress.AddTask(Describe(context, null), maxValue: Math.Max(1, context.Batches + context.ValidationBatches));
                    _task.IsIndeterminate = context.Batches == 0;
                    _lastRefresh = 0;
                    runBatches();
                    Refresh(context, metrics);
                    _task.Value = _task.MaxValue;
                    _task.StopTask();
                });
        }
        catch (InvalidOperationException) when (_task is null)
        {
            // The console refused before the first batch: a display of the user's is active.
            fallback.ShowEpoch(context, metrics, runBatches);
        }
    }

    public override void EndBatch(FitContext context, MetricSet metrics)
    {
        if (_task is not null && Stopwatch.GetElapsedTime(_lastRefresh) >= RefreshInterval)
        {
            _lastRefresh = Stopwatch.GetTimestamp();
            Refresh(context, metrics);
        }
    }

    public override void EndEpoch(FitContext context, TimeSpan elapsed)
    {
        if (_task is null)
        {
            fallback.EndEpoch(context, elapsed);
            return;
        }

        string[] parts = [.. context.History.Names.Where(name => name.StartsWith("val_", StringComparison.Ordinal)).Select(name => $"{name} {LineDisplay.Format(context.History.Last(name))}")];
        if (parts.Length > 0)
        {
            console.WriteLine("  " + string.Join("  ", parts));
        }
    }

    public override void Tell(string line) => console.WriteLine(line);

    public override void Close() => GiveConsoleBack();

    private static string Describe(FitContext context, MetricSet? metrics)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"epoch {context.Epoch + 1}/{context.Epochs}");
        if (metrics is not null)
        {
            text.Append("  loss ").Append(LineDisplay.Format(context.Loss));
            for (int i = 0; i < metrics.Count; i++)
            {
                text.Append("  ").Append(metrics.Name(i)).Append(' ').Append(LineDisplay.Format(metrics.Value(i)));
            }

            if (context.ValidationBatch > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  validating {context.ValidationBatch}/{context.ValidationBatches}");
            }
        }

        return Markup.Escape(text.ToString());
    }

    private void Refresh(FitContext context, MetricSet metrics)
    {
        _task!.Description = Describe(context, metrics);
        _task.Value = context.Batch + 1 + context.ValidationBatch;
    }
}
