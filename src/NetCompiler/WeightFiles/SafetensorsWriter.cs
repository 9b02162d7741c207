using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NetCompiler;

/// <summary>Writes weights as safetensors: logical shapes, F32, in the order of the declaration.</summary>
internal static class SafetensorsWriter
{
    // Data that begins on a multiple of eight can be mapped into memory and read in place.
    private const int HeaderAlignment = 8;

    public static void Write(INetwork network, Stream stream)
    {
        ArrayBufferWriter<byte> header = new();
        header.GetSpan(sizeof(ulong)).Clear();
        header.Advance(sizeof(ulong));
        WriteHeader(network, header);
        int padding = (HeaderAlignment - (header.WrittenCount % HeaderAlignment)) % HeaderAlignment;
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        byte[] bytes = header.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - sizeof(ulong)));
        WeightFile.Guarded(network, null, () => stream.Write(bytes));
        foreach (WeightView weight in network.Weights)
        {
            float[] values = weight.ToArray();
            if (!BitConverter.IsLittleEndian)
            {
                Span<int> words = MemoryMarshal.Cast<float, int>(values);
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            WeightFile.Guarded(network, weight.Name, () => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));
        }
    }

    private static void WriteHeader(INetwork network, IBufferWriter<byte> header)
    {
        using Utf8JsonWriter writer = new(header);
        writer.WriteStartObject();
        writer.WriteStartObject(WeightFileKeys.Metadata);
        foreach ((string key, string value) in WeightFileKeys.Of(network))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        long offset = 0;
        foreach (WeightView weight in network.Weights)
        {
            writer.WriteStartObject(weight.Name);
            writer.WriteString("dtype", "F32");
            writer.WriteStartArray("shape");
            foreach (int size in weight.Shape)
            {
                writer.WriteNumberValue(size);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("data_offsets");
            writer.WriteNumberValue(offset);
            offset += (long)weight.Length * sizeof(float);
            writer.WriteNumberValue(offset);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
