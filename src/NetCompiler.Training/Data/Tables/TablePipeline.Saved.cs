using System.Text;
using System.Text.Json;

namespace NetCompiler;

/// <content>The pipeline as a text in a network's metadata.</content>
public sealed partial class TablePipeline
{
    /// <summary>The key under which networks hold it in their metadata, unless another is given.</summary>
    public const string MetadataKey = "table_pipeline";

    private const string Format = "table pipeline 1";

    /// <summary>Stores the pipeline in a network's metadata, to be saved with its weights.</summary>
    public void Store(INetwork network, string key = MetadataKey)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.Metadata[key] = ToString();
    }

    /// <summary>Restores the pipeline that a network was saved with.</summary>
    /// <exception cref="KeyNotFoundException">The network's metadata has no such key; the message names those there are.</exception>
    /// <exception cref="InvalidDataException">The text is no pipeline.</exception>
    public static TablePipeline Restore(INetwork network, string key = MetadataKey)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Metadata.TryGetValue(key, out string? text)
            ? Parse(text)
            : throw new KeyNotFoundException(
                $"The metadata of {network.Description.Name} has no \"{key}\"; it has {(network.Metadata.Count == 0 ? "nothing" : string.Join(", ", network.Metadata.Keys.Order(StringComparer.Ordinal)))}.");
    }

    /// <summary>The pipeline as JSON: the same bytes for the same measures, and numbers that read back to the same bits.</summary>
    public override string ToString()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteStartArray("features");
            foreach (FittedFeature feature in _features)
            {
                json.WriteStartObject();
                feature.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (_target is not null)
            {
                json.WriteStartObject("target");
                _target.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="InvalidDataException">The text is no pipeline.</exception>
    public static TablePipeline Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement json = document.RootElement;
            string? format = json.GetProperty("format").GetString();
            if (format != Format)
            {
                throw new InvalidDataException($"the format is \"{format}\", not \"{Format}\"");
            }

            FittedFeature[] features = [.. json.GetProperty("features").EnumerateArray().Select(ReadFeature)];
            return new TablePipeline(features, json.TryGetProperty("target", out JsonElement target) ? FittedTarget.Read(target) : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or InvalidDataException)
        {
            throw new InvalidDataException($"The text is no table pipeline: {exception.Message}", exception);
        }
    }

    private static FittedFeature ReadFeature(JsonElement json) => json.GetProperty("kind").GetString() switch
    {
        FittedNumber.Kind => FittedNumber.Read(json),
        FittedCategory.Kind => FittedCategory.Read(json),
        string kind => throw new InvalidDataException($"there is no kind of feature \"{kind}\""),
        null => throw new InvalidDataException("a feature has no kind"),
    };
}
