using System.Globalization;

namespace NetCompiler;

/// <summary>The final values of a report.</summary>
internal static class ReportResult
{
    // Whether more is better is known by name alone: a metric of the user's may be either, and its best value is left open.
    private static readonly string[] Rising = ["accuracy", "auc", "precision", "recall", "f1", "r2"];
    private static readonly string[] Falling = ["loss", "error", "mae", "mse", "rmse"];

    /// <summary>Name, last value, best value and its epoch, counted from 1.</summary>
    public static string[] Row(History history, string name)
    {
        IReadOnlyList<double> values = history[name];
        string last = ReportNumber.Value(values[^1]);
        bool isRising = Has(name, Rising), isFalling = Has(name, Falling);
        int[] finite = [.. Enumerable.Range(0, values.Count).Where(i => double.IsFinite(values[i]))];
        if (isRising == isFalling || finite.Length == 0)
        {
            return [name, last, "", ""];
        }

        int best = isRising ? finite.MaxBy(i => values[i]) : finite.MinBy(i => values[i]);
        return [name, last, ReportNumber.Value(values[best]), (best + 1).ToString(CultureInfo.InvariantCulture)];
    }

    private static bool Has(string name, string[] words) => Array.Exists(words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
