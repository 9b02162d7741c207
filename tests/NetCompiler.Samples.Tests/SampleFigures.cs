using NetCompiler.TestKit;

namespace NetCompiler.Tests.Samples;

/// <summary>What the samples reach, a line each, for the reader of the long run.</summary>
internal static class SampleFigures
{
    /// <summary>Writes what a sample reached.</summary>
    public static void Write(string sample, FormattableString reached, bool isShort = false)
        => Figures.Write($"{sample}{(isShort ? ", short form" : "")}: {FormattableString.Invariant(reached)}");

    /// <summary>Writes the accuracies of several networks.</summary>
    public static void Write(string sample, IEnumerable<KeyValuePair<string, double>> accuracies, bool isShort = false)
        => Write(sample, $"accuracy {List(accuracies, "0.000")}", isShort);

    /// <summary>Names with their values.</summary>
    public static string List(IEnumerable<KeyValuePair<string, double>> values, string format)
        => string.Join(", ", values.Select(pair => $"{pair.Key} {pair.Value.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}"));
}
