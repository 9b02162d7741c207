using System.Globalization;
using NetCompiler.Generators.Graph;
using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Declaration;

/// <summary>What holds for the options of all kinds of layers.</summary>
internal static class LayerChecks
{
    /// <summary>Regularizers are not negative, and an alpha stands beside an activation that has one.</summary>
    public static void CheckNumbers(Reading reading, DeclaredPlace place, LayerSpec layer)
    {
        foreach (OptionSpec option in layer.Options)
        {
            if (IsRegularizer(option) && option.Number < 0)
            {
                reading.Report("NC0201", place, option.Name, layer.Name, option.Name, option.Number.ToString(CultureInfo.InvariantCulture), "at least 0", "");
            }
            else if (option.Name == "ActivationAlpha" && !double.IsNaN(option.Number) && layer.Enumeration("Activation") is not ("LeakyRelu" or "Elu"))
            {
                reading.Report("NC0213", place, option.Name, layer.Name, option.Name, $"Activation.{layer.Enumeration("Activation")}");
            }
        }
    }

    private static bool IsRegularizer(OptionSpec option) =>
        option.Type == OptionType.Real && (option.Name.EndsWith("L1", StringComparison.Ordinal) || option.Name.EndsWith("L2", StringComparison.Ordinal));

    /// <summary>The values of a layer's own weights as they lie in memory.</summary>
    public static long WeightsOf(LayerRule rule, LayerSpec layer, IReadOnlyList<Shape> inputs)
        => layer.SharedWith >= 0 ? 0 : rule.Weights(layer, inputs).Sum(WeightExtent.Of);

    /// <summary>Values and weights are indexed by int: what exceeds its range, or null.</summary>
    public static string? Excess(LayerRule rule, LayerSpec layer, IReadOnlyList<Shape> inputs, Shape result)
    {
        if (result.Length > int.MaxValue)
        {
            return "gives " + result;
        }

        WeightSpec? weight = rule.Weights(layer, inputs).FirstOrDefault(weight => weight.Shape.Length > int.MaxValue);
        return weight is null ? null : $"has a {weight.Name} of {weight.Shape}";
    }
}
