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

    // The bytes of a whole array may be more than a span's.
    private const int SliceFloats = 1 << 24;

    public static void Write(INetwork network, Stream stream) => Write(
        stream,
        $"the weights of {network.Description.Name}",
        WeightFileKeys.Of(network),
        [.. network.Weights.Select(weight => new TensorSource(weight.Name, weight.Shape.ToArray(), weight.Length, () => weight.ToArray()))]);

    /// <summary>Writes texts and arrays; what fails is named by the array and the title of the whole.</summary>
    /// <exception cref="WeightFileException">The stream failed.</exception>
    public static void Write(Stream stream, string title, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorSource> tensors)
    {
        ArrayBufferWriter<byte> header = new();
        header.GetSpan(sizeof(ulong)).Clear();
        header.Advance(sizeof(ulong));
        WriteHeader(metadata, tensors, header);
        int padding = (HeaderAlignment - (header.WrittenCount % HeaderAlignment)) % HeaderAlignment;
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        byte[] bytes = header.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - sizeof(ulong)));
        WeightFile.Guarded(title, null, () => stream.Write(bytes));
        foreach (TensorSource tensor in tensors)
        {
            ReadOnlyMemory<float> values = tensor.Read();
            WeightFile.Guarded(title, tensor.Name, () =>
            {
                for (int start = 0; start < values.Length; start += SliceFloats)
                {
                    stream.Write(LittleEndian(values.Span.Slice(start, Math.Min(SliceFloats, values.Length - start))));
                }
            });
        }
    }

    /// <summary>The bytes of values as files hold them.</summary>
    public static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(values);
        }

        int[] words = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), words);
        return MemoryMarshal.AsBytes(words.AsSpan());
    }

    private static void WriteHeader(IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorSource> tensors, IBufferWriter<byte> header)
    {
        using Utf8JsonWriter writer = new(header);
        writer.WriteStartObject();
        writer.WriteStartObject(WeightFileKeys.Metadata);
        foreach ((string key, string value) in metadata)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        long offset = 0;
        foreach (TensorSource tensor in tensors)
        {
            writer.WriteStartObject(tensor.Name);
            writer.WriteString("dtype", "F32");
            writer.WriteStartArray("shape");
            foreach (int size in tensor.Shape)
            {
                writer.WriteNumberValue(size);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("data_offsets");
            writer.WriteNumberValue(offset);
            offset += (long)tensor.Length * sizeof(float);
            writer.WriteNumberValue(offset);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}

/// <summary>An array to be written: its values are asked for when their turn comes, so that one copy at a time is in memory.</summary>
internal sealed record TensorSource(string Name, int[] Shape, int Length, Func<ReadOnlyMemory<float>> Read);
