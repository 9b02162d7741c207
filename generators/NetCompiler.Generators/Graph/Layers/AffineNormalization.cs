using NetCompiler.Generators.Declaration;

namespace NetCompiler.Generators.Graph.Layers;

/// <summary>What the normalizations share: epsilon, and the trained scale gamma and shift beta of each channel.</summary>
internal static class AffineNormalization
{
    public static IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("Epsilon", OptionType.Real, 1e-3, "", default),
        new("Center", OptionType.Boolean, 1, "", default),
        new("Scale", OptionType.Boolean, 1, "", default),
        new("BetaInitializer", OptionType.Enumeration, 0, "Initializer.Zeros", default),
        new("GammaInitializer", OptionType.Enumeration, 0, "Initializer.Ones", default),
    ];

    /// <summary>gamma, where the layer scales, and beta, where it centers.</summary>
    public static IEnumerable<WeightSpec> Weights(LayerSpec layer, int channels)
    {
        if (layer.Boolean("Scale"))
        {
            yield return Weight("gamma", channels, layer.Enumeration("GammaInitializer"));
        }

        if (layer.Boolean("Center"))
        {
            yield return Weight("beta", channels, layer.Enumeration("BetaInitializer"));
        }
    }

    public static WeightSpec Weight(string name, int channels, string initializer, bool isTrainable = true) =>
        new(name, new Shape(channels), initializer, double.NaN, channels, channels, isTrainable, 0, 0);

    /// <summary>Whether there are channels and epsilon keeps the root from being 0; what is wrong is reported.</summary>
    public static bool Check(LayerSpec layer, Shape input, ProblemSink problems)
    {
        if (input.Rank == 0)
        {
            problems.Report("NC0202", "", layer.Name, input.ToString());
            return false;
        }

        double epsilon = layer.Real("Epsilon");
        if (!(epsilon > 0))
        {
            problems.Report("NC0201", "Epsilon", layer.Name, "Epsilon", epsilon.ToString(System.Globalization.CultureInfo.InvariantCulture), "above 0");
            return false;
        }

        return true;
    }
}
