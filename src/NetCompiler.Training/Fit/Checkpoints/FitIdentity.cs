using System.Globalization;

namespace NetCompiler;

/// <summary>The settings on which the weights of a training depend, as texts: a checkpoint goes on only where all are the same. Epochs, threads and displays are not among them.</summary>
internal static class FitIdentity
{
    public static IReadOnlyDictionary<string, string> Of(FitOptions options, Dataset train, Dataset? validation, int batchSize, int seed, MetricSet metrics)
    {
        // Records write their numbers in the culture of the thread.
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return new Dictionary<string, string>
            {
                ["optimizer"] = (options.Optimizer ?? new Adam()).ToString(),
                ["schedule"] = options.Schedule?.ToString() ?? "none",
                ["samples"] = $"{train.Count}{(train.HasSampleWeights ? " with weights" : "")}",
                ["validation samples"] = validation is null ? "none" : $"{validation.Count}{(validation.HasSampleWeights ? " with weights" : "")}",
                ["batch size"] = batchSize.ToString(CultureInfo.InvariantCulture),
                ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
                ["shuffle"] = options.Shuffle ? "yes" : "no",
                ["frozen layers"] = List(options.Frozen.Order(StringComparer.Ordinal)),
                ["class weights"] = List(options.ClassWeights?.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}: {entry.Value:R}")),
                ["settings of losses"] = List(options.Settings?.OrderBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).Select(entry => $"{entry.Key}: {entry.Value:R}")),
                ["transforms"] = List(options.Transforms.Select(transform => transform.ToString())),
                ["metrics"] = List(metrics.Names),
            };
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string List(IEnumerable<string>? texts) => texts is null || !texts.Any() ? "none" : string.Join(", ", texts);
}
