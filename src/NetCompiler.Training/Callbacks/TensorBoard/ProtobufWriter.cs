using System.Buffers.Binary;
using System.Text;

namespace NetCompiler;

/// <summary>Writes the fields of one Protocol Buffers message. Source: protobuf.dev, "Encoding".</summary>
internal sealed class ProtobufWriter
{
    private const int VarintKind = 0;
    private const int Fixed64Kind = 1;
    private const int LengthKind = 2;
    private const int Fixed32Kind = 5;

    private readonly MemoryStream _bytes = new();

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    /// <summary>A whole number or an enumeration member.</summary>
    public ProtobufWriter Integer(int field, long value)
    {
        Key(field, VarintKind);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A number of 64 bits.</summary>
    public ProtobufWriter Number(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Key(field, Fixed64Kind);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A number of 32 bits.</summary>
    public ProtobufWriter Number(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Key(field, Fixed32Kind);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A text, in UTF-8.</summary>
    public ProtobufWriter Text(int field, string value) => Block(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within this one.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Block(field, message.Bytes);

    /// <summary>A packed row of numbers of 64 bits.</summary>
    public ProtobufWriter Numbers(int field, ReadOnlySpan<double> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return Block(field, bytes);
    }

    private ProtobufWriter Block(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, LengthKind);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private void Key(int field, int kind) => Varint((ulong)((field << 3) | kind));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }

        _bytes.WriteByte((byte)value);
    }
}
