using System.Globalization;

namespace NetCompiler;

/// <summary>The final values of a report.</summary>
internal static class ReportResult
{
    /// <summary>Name, last value, best value and its epoch, counted from 1. Of a metric that does not say which values are better, the best one is left open.</summary>
    public static string[] Row(History history, string name, MonitorMode direction)
    {
        IReadOnlyList<double> values = history[name];
        string last = ReportNumber.Value(values[^1]);
        int[] finite = [.. Enumerable.Range(0, values.Count).Where(i => double.IsFinite(values[i]))];
        if (direction == MonitorMode.Auto || finite.Length == 0)
        {
            return [name, last, "", ""];
        }

        int best = direction == MonitorMode.Max ? finite.MaxBy(i => values[i]) : finite.MinBy(i => values[i]);
        return [name, last, ReportNumber.Value(values[best]), (best + 1).ToString(CultureInfo.InvariantCulture)];
    }
}
