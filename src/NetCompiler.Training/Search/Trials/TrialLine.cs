using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetCompiler;

/// <summary>The lines of a <see cref="TrialLog"/> as JSON.</summary>
internal static class TrialLine
{
    private const string Version = "netcompiler.search.version";
    private const string CurrentVersion = "1";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line that says which search it is.</summary>
    public static string HeaderOf(IReadOnlyList<KeyValuePair<string, string>> identity) => Write(json =>
    {
        json.WriteString(Version, CurrentVersion);
        foreach ((string name, string value) in identity)
        {
            json.WriteString(name, value);
        }
    });

    /// <summary>Refuses the first line of another search.</summary>
    /// <exception cref="TrialLogException">It differs; the message lists every difference.</exception>
    public static void RequireSame(string text, IReadOnlyList<KeyValuePair<string, string>> identity, string path)
    {
        using JsonDocument document = Parse(text, path);
        JsonElement header = document.RootElement;
        string? version = TextOf(header, Version);
        if (version != CurrentVersion)
        {
            throw new TrialLogException($"The log of trials {path} has the format version {version ?? "none"}, but this library reads version {CurrentVersion}.");
        }

        StringBuilder differences = new();
        foreach ((string name, string value) in identity)
        {
            string found = TextOf(header, name) ?? "none";
            if (found != value)
            {
                differences.Append($"\n- {name}: {found} in the log, {value} here");
            }
        }

        if (differences.Length > 0)
        {
            throw new TrialLogException($"The log of trials {path} belongs to another search:{differences}");
        }
    }

    /// <summary>The line of a task.</summary>
    public static string Of(TrialTask task, TrialValues values, TrialOutcome outcome) => Write(json =>
    {
        json.WriteNumber("trial", task.Trial);
        json.WriteNumber("fold", task.Fold);
        if (task.Epochs is int epochs)
        {
            json.WriteNumber("epochs", epochs);
        }

        if (outcome.Failure is null)
        {
            json.WriteNumber("score", outcome.Score);
        }
        else
        {
            json.WriteString("failure", outcome.Failure);
        }

        json.WriteNumber("ticks", outcome.Duration.Ticks);
        json.WritePropertyName("values");
        WriteValues(json, values);
    });

    /// <summary>Reads the line of a task.</summary>
    /// <exception cref="TrialLogException">Something is missing.</exception>
    public static (TrialTask Task, string Values, TrialOutcome Outcome) Read(string text, string place)
    {
        using JsonDocument document = Parse(text, place);
        JsonElement line = document.RootElement;
        try
        {
            int? epochs = line.TryGetProperty("epochs", out JsonElement number) ? number.GetInt32() : null;
            string? failure = TextOf(line, "failure");
            double score = failure is null ? line.GetProperty("score").GetDouble() : double.NaN;
            TrialOutcome outcome = new(score, failure, new TimeSpan(line.GetProperty("ticks").GetInt64()));
            return (new TrialTask(line.GetProperty("trial").GetInt32(), line.GetProperty("fold").GetInt32(), epochs), line.GetProperty("values").GetRawText(), outcome);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new TrialLogException($"{place} is not the outcome of a task: {exception.Message}", exception);
        }
    }

    /// <summary>Values as a line holds them.</summary>
    public static string ValuesText(TrialValues values)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Plain))
        {
            WriteValues(json, values);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteValues(Utf8JsonWriter json, TrialValues values)
    {
        json.WriteStartObject();
        foreach ((string name, SearchValue value) in values)
        {
            if (value.IsText)
            {
                json.WriteString(name, value.ToString());
            }
            else
            {
                json.WriteNumber(name, value.Number);
            }
        }

        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonDocument Parse(string text, string place)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException("It is no object.");
        }
        catch (JsonException exception)
        {
            throw new TrialLogException($"{place} is no line of a log of trials: {exception.Message}", exception);
        }
    }

    private static string? TextOf(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
