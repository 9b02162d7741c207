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
        Number("BetaScale", double.NaN),
        .. Numbers("Beta"),
        .. GammaNumbers,
    ];

    /// <summary>What there is of gamma beside its initializer.</summary>
    public static IReadOnlyList<OptionSpec> GammaNumbers => [Number("GammaScale", double.NaN), .. Numbers("Gamma")];

    /// <summary>gamma, where the layer scales, and beta, where it centers.</summary>
    public static IEnumerable<WeightSpec> Weights(LayerSpec layer, int channels)
    {
        if (layer.Boolean("Scale"))
        {
            yield return Gamma(layer, channels);
        }

        if (layer.Boolean("Center"))
        {
            yield return Trained(layer, "Beta", channels);
        }
    }

    /// <summary>The scale of each channel.</summary>
    public static WeightSpec Gamma(LayerSpec layer, int channels) => Trained(layer, "Gamma", channels);

    /// <summary>A statistic of each channel.</summary>
    public static WeightSpec Statistic(string name, int channels, string initializer) =>
        new(name, new Shape(channels), initializer, double.NaN, channels, channels, IsTrainable: false, 0, 0);

    private static WeightSpec Trained(LayerSpec layer, string name, int channels) => new(
        name.ToLowerInvariant(), new Shape(channels), layer.Enumeration(name + "Initializer"), layer.Real(name + "Scale"), channels, channels, IsTrainable: true, layer.Real(name + "L1"), layer.Real(name + "L2"));

    private static IEnumerable<OptionSpec> Numbers(string weight) => [Number(weight + "L1", 0), Number(weight + "L2", 0)];

    private static OptionSpec Number(string name, double value) => new(name, OptionType.Real, value, "", default);

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
