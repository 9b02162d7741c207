namespace NetCompiler;

/// <summary>A series that a training's history will have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Direction">Which values are better; <see cref="MonitorMode.Auto"/> where it is not known.</param>
internal sealed record MeasuredSeries(string Name, MonitorMode Direction)
{
    private const string Loss = "loss";
    private const string Validation = "val_";

    /// <summary>The series of the loss and of metrics, and then of the validation, where there is one.</summary>
    public static IReadOnlyList<MeasuredSeries> Of(IReadOnlyList<Metric> metrics, bool hasValidation)
    {
        MeasuredSeries[] series = [new(Loss, MonitorMode.Min), .. metrics.Select(metric => new MeasuredSeries(metric.Name, DirectionOf(metric)))];
        return hasValidation ? [.. series, .. series.Select(one => one with { Name = Validation + one.Name })] : series;
    }

    /// <summary>Refuses two series of one name, which would be one series of twice as many values.</summary>
    /// <exception cref="ArgumentException">A metric has the name of another series.</exception>
    public static void RequireDistinct(IReadOnlyList<MeasuredSeries> series)
    {
        if (series.GroupBy(one => one.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"A metric has the name of another series, \"{twice.Key}\", and needs one of its own; there are {string.Join(", ", series.Select(one => one.Name))}.", "metrics");
        }
    }

    /// <summary>Which values are better by the name alone: those of the loss and of this library's metrics are known.</summary>
    public static MonitorMode DirectionOf(string name)
    {
        string plain = name.StartsWith(Validation, StringComparison.Ordinal) ? name[Validation.Length..] : name;
        string metric = plain[(plain.LastIndexOf('_') + 1)..];
        return plain == Loss || metric is "mae" or "rmse" ? MonitorMode.Min
            : metric is "accuracy" or "auc" or "precision" or "recall" or "f1" or "r2" || IsTop(metric) ? MonitorMode.Max
            : MonitorMode.Auto;
    }

    private static MonitorMode DirectionOf(Metric metric) => metric.Direction == MonitorMode.Auto ? DirectionOf(metric.Name) : metric.Direction;

    private static bool IsTop(string metric) => metric.StartsWith("top", StringComparison.Ordinal) && metric.Length > 3 && metric.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;
}
