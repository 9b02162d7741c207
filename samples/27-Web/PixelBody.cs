using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Samples;

/// <summary>Reads the pixels of one image out of a body, into a span of the caller's and without allocating.</summary>
public static class PixelBody
{
    /// <summary>The property of a JSON body that holds the numbers.</summary>
    public const string Property = "pixels";

    /// <summary>One byte per pixel, from 0 (paper) to 255 (ink).</summary>
    /// <returns>What is wrong with the body, or null.</returns>
    public static string? ReadBytes(in ReadOnlySequence<byte> body, Span<float> pixels)
    {
        if (body.Length != pixels.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"It has {body.Length} bytes, expected {pixels.Length}: one per pixel, row after row.");
        }

        int at = 0;
        foreach (ReadOnlyMemory<byte> part in body)
        {
            foreach (byte value in part.Span)
            {
                pixels[at++] = value * (1f / byte.MaxValue);
            }
        }

        return null;
    }

    /// <summary>An object with one property, an array of numbers from 0 to 1.</summary>
    /// <returns>What is wrong with the body, or null.</returns>
    public static string? ReadJson(in ReadOnlySequence<byte> body, Span<float> pixels)
    {
        if (body.IsSingleSegment)
        {
            return ReadJson(body.FirstSpan, pixels);
        }

        // Blocks of 4 KB, as the server received them: the reader is faster on one piece.
        byte[] whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(whole);
        string? problem = ReadJson(whole.AsSpan(0, (int)body.Length), pixels);
        ArrayPool<byte>.Shared.Return(whole);
        return problem;
    }

    private static string? ReadJson(ReadOnlySpan<byte> body, Span<float> pixels)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read())
            {
                return $"The JSON is empty, expected {Expected(pixels.Length)}.";
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return $"The JSON is {Name(reader.TokenType)}, expected {Expected(pixels.Length)}.";
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(Property))
            {
                string found = reader.TokenType == JsonTokenType.PropertyName ? $"begins with another property at byte {reader.TokenStartIndex}" : "has no property";
                return $"The object {found}, expected {Expected(pixels.Length)}.";
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return $"\"{Property}\" is {Name(reader.TokenType)}, expected {Expected(pixels.Length)}.";
            }

            return ReadNumbers(ref reader, pixels) ?? ReadEnd(ref reader, pixels.Length);
        }
        catch (JsonException exception)
        {
            return $"The JSON is malformed: {exception.Message}";
        }
    }

    private static string? ReadNumbers(ref Utf8JsonReader reader, Span<float> pixels)
    {
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Property}[{count}] is {Name(reader.TokenType)}, expected a number from 0 (paper) to 1 (ink).");
            }

            // A number too large for a float reads as an infinity, which is outside as well.
            if (!reader.TryGetSingle(out float value) || !(value is >= 0 and <= 1))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Property}[{count}] is {value}, expected a number from 0 (paper) to 1 (ink).");
            }

            if (count < pixels.Length)
            {
                pixels[count] = value;
            }

            count++;
        }

        return count == pixels.Length ? null : string.Create(CultureInfo.InvariantCulture, $"\"{Property}\" has {count} numbers, expected {pixels.Length}: one per pixel, row after row.");
    }

    private static string? ReadEnd(ref Utf8JsonReader reader, int count)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndObject)
        {
            return $"The object has something behind \"{Property}\" at byte {reader.TokenStartIndex}, expected {Expected(count)}.";
        }

        // Anything but white space behind the object throws.
        reader.Read();
        return null;
    }

    private static string Expected(int count) => string.Create(CultureInfo.InvariantCulture, $"{{\"{Property}\": [{count} numbers from 0 to 1]}}");

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Null => "null",
        _ => token.ToString(),
    };
}
