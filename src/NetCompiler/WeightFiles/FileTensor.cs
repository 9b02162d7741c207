using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>One array of a weight file: its name and shape as the file has them, and where its values are.</summary>
/// <param name="Name">The file's name of it.</param>
/// <param name="Shape">The file's shape of it.</param>
internal sealed record FileTensor(string Name, int[] Shape)
{
    /// <summary>The data type in the words of safetensors; JSON's numbers are F32.</summary>
    public string DataType { get; init; } = "F32";

    /// <summary>The place of the first byte in a safetensors file.</summary>
    public int Start { get; init; }

    /// <summary>The number of bytes in a safetensors file.</summary>
    public int ByteLength { get; init; }

    /// <summary>The values of a JSON file.</summary>
    public float[]? Values { get; init; }

    /// <summary>The number of values.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether <see cref="Read"/> can make floats of the data type.</summary>
    public bool IsReadable => DataType is "F32" or "F64" or "F16" or "BF16";

    /// <summary>The values in the file's order, as floats.</summary>
    public float[] Read(ReadOnlySpan<byte> file)
    {
        if (Values is not null)
        {
            return Values;
        }

        ReadOnlySpan<byte> bytes = file.Slice(Start, ByteLength);
        float[] values = new float[Length];
        if (DataType == "F32" && BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DataType switch
            {
                "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * 8)..]),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]),
                "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]) << 16),
                _ => BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]),
            };
        }

        return values;
    }
}

/// <summary>Everything that a weight file says.</summary>
/// <param name="Tensors">Its arrays, in the file's order, with distinct names.</param>
/// <param name="Metadata">Its texts.</param>
/// <param name="IsJson">Whether it is JSON, where a flat array may stand for one of any shape.</param>
internal sealed record WeightFileContent(IReadOnlyList<FileTensor> Tensors, IReadOnlyDictionary<string, string> Metadata, bool IsJson);
