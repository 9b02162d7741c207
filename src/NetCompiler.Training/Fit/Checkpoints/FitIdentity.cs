using System.Globalization;

namespace NetCompiler;

/// <summary>The settings on which the weights of a training depend, as texts: a checkpoint goes on only where all are the same. Epochs, threads and displays are not among them.</summary>
internal static class FitIdentity
{
    public static IReadOnlyDictionary<string, string> Of(FitOptions options, Dataset train, Dataset? validation, int batchSize, int seed, MetricSet metrics) => InvariantText.In(() => new Dictionary<string, string>
    {
        ["optimizer"] = (options.Optimizer ?? new Adam()).ToString(),
        ["schedule"] = options.Schedule?.ToString() ?? "none",
        ["samples"] = Samples(train),
        ["validation samples"] = validation is null ? "none" : Samples(validation),
        ["batch size"] = batchSize.ToString(CultureInfo.InvariantCulture),
        ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        ["shuffle"] = options.Shuffle ? "yes" : "no",
        ["frozen layers"] = List(options.Frozen.Order(StringComparer.Ordinal)),
        ["class weights"] = List(options.ClassWeights?.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}: {entry.Value:R}")),
        ["settings of losses"] = List(options.Settings?.OrderBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).Select(entry => $"{entry.Key}: {entry.Value:R}")),
        ["transforms"] = List(options.Transforms.Select(transform => transform.ToString())),
        ["metrics"] = List(metrics.Names),
    });

    private static string Samples(Dataset data) => $"{data.KnownCount?.ToString(CultureInfo.InvariantCulture) ?? "a stream"}{(data.HasSampleWeights ? " with weights" : "")}";

    private static string List(IEnumerable<string>? texts) => texts is null || !texts.Any() ? "none" : string.Join(", ", texts);
}
