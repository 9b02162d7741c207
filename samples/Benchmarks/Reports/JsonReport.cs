using System.Text.Json;
using Benchmarks.Measuring;

namespace Benchmarks.Reports;

/// <summary>The figures as a JSON array, for tools.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    /// <summary>Opens the file that the figures will go to, so that an unwritable path is found before anything is measured; its old contents stay until then.</summary>
    /// <exception cref="IOException">The path cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be written.</exception>
    public static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Write);

    /// <summary>
    /// Writes one object per figure: network, mode (predict or train), batch, threads, contender, microseconds, percentOfPeak (of the
    /// FMA peak). Dependent predictions are left out: their rows would have the same keys as the independent ones.
    /// </summary>
    public static void Write(FileStream file, IEnumerable<Figure> figures)
    {
        if (file.CanSeek)
        {
            file.SetLength(0);
        }

        using var json = new Utf8JsonWriter(file, Options);
        json.WriteStartArray();
        foreach (Figure figure in figures.Where(figure => figure.Row.Mode != Mode.PredictDependent))
        {
            json.WriteStartObject();
            json.WriteString("network", figure.Row.Network);
            json.WriteString("mode", figure.Row.Mode == Mode.Train ? "train" : "predict");
            json.WriteNumber("batch", figure.Row.Batch);
            json.WriteNumber("threads", figure.Row.Threads);
            json.WriteString("contender", figure.Contender);
            json.WriteNumber("microseconds", Math.Round(1e6 * figure.Seconds, 5));
            json.WriteNumber("percentOfPeak", Math.Round(100 * figure.FractionOfPeak, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        file.Flush();
    }
}
