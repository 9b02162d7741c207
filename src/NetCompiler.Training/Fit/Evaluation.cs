using System.Globalization;

namespace NetCompiler;

/// <summary>How well a network does on a data set. Its text is one line: <c>100 samples, loss 1.1086, accuracy 0.3300</c>.</summary>
/// <param name="Count">The number of samples.</param>
/// <param name="Loss">The mean loss per sample, with sample weights and regularizers as in training.</param>
/// <param name="Metrics">The metrics by name.</param>
public sealed record Evaluation(int Count, double Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>A metric, or the loss as <c>loss</c>.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured; the message names what was.</exception>
    public double this[string name] => name == "loss" ? Loss : Metrics.TryGetValue(name, out double value)
        ? value
        : throw new KeyNotFoundException($"The evaluation has no metric \"{name}\"; it has loss, {string.Join(", ", Metrics.Keys)}.");

    /// <summary>The metric <c>accuracy</c>, between 0 and 1.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public double Accuracy => this["accuracy"];

    /// <summary>The number of samples, the loss and every metric.</summary>
    public override string ToString()
    {
        string samples = Count == 1 ? "sample" : "samples", metrics = string.Concat(Metrics.Select(metric => $", {metric.Key} {LineDisplay.Format(metric.Value)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Count} {samples}, loss {LineDisplay.Format(Loss)}{metrics}");
    }
}
