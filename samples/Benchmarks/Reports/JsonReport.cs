using System.Text.Json;
using Benchmarks.Measuring;

namespace Benchmarks.Reports;

/// <summary>The figures as a JSON array, for tools.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    /// <summary>
    /// Writes one object per figure: network, mode (predict or train), batch, threads, contender, microseconds, percentOfPeak (of the
    /// FMA peak). Dependent predictions are left out: their rows would have the same keys as the independent ones.
    /// </summary>
    public static void Write(string path, IEnumerable<Figure> figures)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, Options);
        json.WriteStartArray();
        foreach (Figure figure in figures.Where(figure => figure.Row.Mode != Mode.PredictDependent))
        {
            json.WriteStartObject();
            json.WriteString("network", figure.Row.Network);
            json.WriteString("mode", figure.Row.Mode == Mode.Train ? "train" : "predict");
            json.WriteNumber("batch", figure.Row.Batch);
            json.WriteNumber("threads", 1);
            json.WriteString("contender", figure.Contender);
            json.WriteNumber("microseconds", Math.Round(1e6 * figure.Seconds, 5));
            json.WriteNumber("percentOfPeak", Math.Round(100 * figure.FractionOfPeak, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
