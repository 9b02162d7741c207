using System.Globalization;

namespace NetCompiler;

/// <summary>The network of a report, as rows.</summary>
internal static class ReportNetwork
{
    /// <summary>Layer, kind, shape and number of parameters; those of a layer that is used again are counted with its first use.</summary>
    public static string[][] Rows(NetworkDescription network)
    {
        HashSet<string> counted = [];
        return
        [
            .. network.Inputs.Select(input => (string[])[input.Name, input.IsTokens ? $"tokens of {Grouped(input.Vocabulary)}" : "input", Shape(input.Shape), ""]),
            .. network.Layers.Select(layer => (string[])[layer.Name, Kind(layer), Shape(layer.Shape), Parameters(layer, counted)]),
        ];
    }

    /// <summary>Parameters, statistics and losses in a sentence each.</summary>
    public static string Totals(NetworkDescription network)
    {
        string statistics = network.StatisticsCount == 0 ? "" : $", {Grouped(network.StatisticsCount)} statistics";
        string losses = network.Losses.Count == 0
            ? " No loss."
            : $" Loss: {string.Join(" + ", network.Losses.Select(loss => loss.Weight == 1 ? loss.Name : $"{loss.Weight.ToString(CultureInfo.InvariantCulture)} × {loss.Name}"))}.";
        return $"{Grouped(network.ParameterCount)} parameters{statistics}.{losses}";
    }

    private static string Parameters(LayerDescription layer, HashSet<string> counted)
        => layer.Weights.Count == 0 ? "" : counted.Add(layer.Name) ? Grouped(layer.Weights.Sum(weight => weight.Length)) : "shared";

    private static string Kind(LayerDescription layer)
    {
        string activation = layer.Options.TryGetValue("Activation", out object? value) ? value.ToString() ?? "" : "";
        activation = activation[(activation.LastIndexOf('.') + 1)..];
        return activation is "" or nameof(Activation.Linear) ? layer.Kind : $"{layer.Kind} {activation}";
    }

    private static string Shape(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";

    private static string Grouped(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
