using System.Text.Json;

namespace NetCompiler;

/// <summary>Reads weights from JSON: an object with one array of numbers per weight, nested by its shape or flat, and texts under <c>__metadata__</c>.</summary>
internal static class JsonWeightReader
{
    private const int DeepestNesting = 60;

    /// <exception cref="WeightFileException">The text is no such object; the message names the array and the reason.</exception>
    public static WeightFileContent Read(ReadOnlySpan<byte> file, string source)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (file.StartsWith(mark))
        {
            file = file[mark.Length..];
        }

        List<FileTensor> tensors = [];
        HashSet<string> names = [];
        Dictionary<string, string>? metadata = null;
        string? current = null;
        try
        {
            Utf8JsonReader reader = new(file);
            JsonReading.Expect(ref reader, JsonTokenType.StartObject, "the file");
            while (JsonReading.NextProperty(ref reader, out string name))
            {
                if (name == WeightFileKeys.Metadata)
                {
                    JsonReading.ReadTexts(ref reader, ref metadata);
                    continue;
                }

                current = name;
                if (!names.Add(name))
                {
                    throw new JsonException("the name appears twice");
                }

                tensors.Add(ReadTensor(ref reader, name));
                current = null;
            }

            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new WeightFileException(
                $"{source} {(current is null ? "" : $"has the array \"{current}\", which ")}cannot be read: {exception.Message}", current, innerException: exception);
        }

        return new WeightFileContent(tensors, metadata ?? [], IsJson: true);
    }

    private static FileTensor ReadTensor(ref Utf8JsonReader reader, string name)
    {
        List<float> values = [];
        List<int> shape = [];
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            values.Add(reader.GetSingle());
        }
        else
        {
            ReadArray(ref reader, values, shape, 0);
        }

        return new FileTensor(name, [.. shape]) { Values = [.. values] };
    }

    // At [ of an array at a depth. The first array met at a depth sets that axis's size (-1 until it ends), all others must agree.
    private static void ReadArray(ref Utf8JsonReader reader, List<float> values, List<int> shape, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartArray || depth == DeepestNesting)
        {
            throw new JsonException($"it should be an array of numbers, nested by its shape, but is {JsonReading.Describe(reader.TokenType)} at depth {depth}");
        }

        bool isFirst = shape.Count == depth;
        if (isFirst)
        {
            if (values.Count > 0)
            {
                throw new JsonException($"it mixes numbers and arrays at depth {depth - 1}");
            }

            shape.Add(-1);
        }

        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                ReadArray(ref reader, values, shape, depth + 1);
            }
            else if (shape.Count != depth + 1)
            {
                throw new JsonException($"it mixes numbers and arrays at depth {depth}");
            }
            else
            {
                values.Add(reader.GetSingle());
            }

            count++;
        }

        if (shape[depth] >= 0 && shape[depth] != count)
        {
            throw new JsonException($"its arrays at depth {depth} differ in length: {shape[depth]} and {count}");
        }

        shape[depth] = count;
    }
}
