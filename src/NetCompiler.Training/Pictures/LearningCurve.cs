namespace NetCompiler;

/// <summary>A series of a history and its validation over the epochs, counted from 1.</summary>
internal static class LearningCurve
{
    // Where a curve falls by more than this, its end is a flat line unless the axis is logarithmic.
    private const double SteepFall = 30;

    /// <summary>Draws a series; the one for a report is narrow enough for a phone, and its axis logarithmic where the values fall steeply.</summary>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public static Plot Draw(History history, string name, bool forReport = false)
    {
        IReadOnlyList<double> values = history[name];
        IReadOnlyList<double>? validation = history.Contains("val_" + name) ? history["val_" + name] : null;
        Plot plot = forReport
            ? new Plot(name, "epoch") { HasWholeX = true, HasLogY = IsSteep([.. values, .. validation ?? []]), Size = (352, 260) }
            : new Plot($"{name} by epoch", "epoch", name) { HasWholeX = true };
        double[] epochs = [.. Enumerable.Range(1, values.Count).Select(epoch => (double)epoch)];
        plot.AddLine(name, epochs, values);
        return validation is null ? plot : plot.AddLine("val_" + name, epochs, validation);
    }

    private static bool IsSteep(double[] values) => values.All(value => value > 0 && double.IsFinite(value)) && values.Max() > SteepFall * values.Min();
}
