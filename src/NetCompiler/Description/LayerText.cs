using System.Globalization;

namespace NetCompiler;

/// <summary>How a layer is described in tables and pictures.</summary>
internal static class LayerText
{
    /// <summary>The kind, and what else there is to say in a word: Dense relu, Dropout 0.2.</summary>
    public static string Kind(LayerDescription layer)
    {
        string detail = "";
        if (layer.Options.TryGetValue("ActivationMethod", out object? method) && method is string { Length: > 0 } name)
        {
            detail = name;
        }
        else if (layer.Options.TryGetValue("Activation", out object? activation) && Member(activation) is { Length: > 0 } member && member != nameof(Activation.Linear))
        {
            detail = member;
        }
        else if (layer.Options.TryGetValue("Rate", out object? rate))
        {
            detail = Convert.ToString(rate, CultureInfo.InvariantCulture) ?? "";
        }

        return detail.Length == 0 ? layer.Kind : $"{layer.Kind} {detail}";
    }

    /// <summary>The number of values in a layer's weights.</summary>
    public static int ParameterCount(LayerDescription layer) => layer.Weights.Sum(weight => weight.Length);

    /// <summary>For each layer, whether one before it has its name: then it is used again, and its weights are those of its first use.</summary>
    public static bool[] AreRepeated(IReadOnlyList<LayerDescription> layers)
    {
        HashSet<string> seen = [];
        return [.. layers.Select(layer => !seen.Add(layer.Name))];
    }

    /// <summary>The number of a layer's parameters in words, or that they are those of another use; empty without weights.</summary>
    public static string Parameters(LayerDescription layer, bool isRepeated)
        => layer.Weights.Count == 0 ? "" : isRepeated ? "shared parameters" : $"{Grouped(ParameterCount(layer))} parameters";

    /// <summary>A number with a comma between each three digits.</summary>
    public static string Grouped(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // An option holds the enumeration's member, or its name as the declaration has it.
    private static string Member(object value) => value is string text ? text[(text.IndexOf('.') + 1)..] : value.ToString() ?? "";
}
