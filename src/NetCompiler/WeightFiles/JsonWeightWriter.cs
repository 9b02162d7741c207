using System.Buffers;
using System.Text.Json;

namespace NetCompiler;

/// <summary>Writes weights as JSON: one array per weight, nested by its shape; every number reads back to the same bits.</summary>
internal static class JsonWeightWriter
{
    /// <summary>Writes all weights, which are finite: JSON cannot say anything else.</summary>
    /// <exception cref="WeightFileException">The stream failed.</exception>
    public static void Write(INetwork network, Stream stream)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = false });
        writer.WriteStartObject();
        writer.WriteStartObject(WeightFileKeys.Metadata);
        foreach ((string key, string value) in WeightFileKeys.Of(network))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        foreach (WeightView weight in network.Weights)
        {
            float[] values = weight.ToArray();
            writer.WritePropertyName(weight.Name);
            int next = 0;
            WriteAxis(writer, values, weight.Shape, ref next);
            writer.Flush();
            WeightFile.Guarded(network, weight.Name, () => stream.Write(buffer.WrittenSpan));
            buffer.ResetWrittenCount();
        }

        writer.WriteEndObject();
        writer.Flush();
        WeightFile.Guarded(network, null, () => stream.Write(buffer.WrittenSpan));
    }

    private static void WriteAxis(Utf8JsonWriter writer, float[] values, ReadOnlySpan<int> shape, ref int next)
    {
        if (shape.IsEmpty)
        {
            writer.WriteNumberValue(values[next++]);
            return;
        }

        writer.WriteStartArray();
        for (int i = 0; i < shape[0]; i++)
        {
            WriteAxis(writer, values, shape[1..], ref next);
        }

        writer.WriteEndArray();
    }
}
