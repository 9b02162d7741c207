using System.Text.Json;

namespace NetCompiler;

/// <summary>The few steps that both file formats read their JSON with. Each failure is a <see cref="JsonException"/> that says what was expected.</summary>
internal static class JsonReading
{
    /// <summary>Moves to the next token, which must be of a kind.</summary>
    public static void Expect(ref Utf8JsonReader reader, JsonTokenType kind, string what)
    {
        if (!reader.Read() || reader.TokenType != kind)
        {
            throw new JsonException($"{what} should be {Describe(kind)}, but is {Describe(reader.TokenType)}");
        }
    }

    /// <summary>Moves to the next property of an object; false at the object's end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            name = "";
            return false;
        }

        name = reader.GetString()!;
        return true;
    }

    /// <summary>Reads the object of texts, of which a file has one at most.</summary>
    public static void ReadTexts(ref Utf8JsonReader reader, ref Dictionary<string, string>? texts)
    {
        if (texts is not null)
        {
            throw new JsonException($"{WeightFileKeys.Metadata} appears twice");
        }

        texts = [];
        Expect(ref reader, JsonTokenType.StartObject, WeightFileKeys.Metadata);
        while (NextProperty(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String, $"{WeightFileKeys.Metadata}.{key}");
            if (!texts.TryAdd(key, reader.GetString()!))
            {
                throw new JsonException($"{WeightFileKeys.Metadata}.{key} appears twice");
            }
        }
    }

    /// <summary>Reads an array of whole numbers.</summary>
    public static long[] ReadIntegers(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.StartArray, what);
        List<long> values = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value))
            {
                throw new JsonException($"{what} should hold whole numbers of 64 bits, but holds {(reader.TokenType == JsonTokenType.Number ? "another number" : Describe(reader.TokenType))}");
            }

            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>A token's kind in words.</summary>
    public static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
