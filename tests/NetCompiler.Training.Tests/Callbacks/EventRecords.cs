using System.Text;

namespace NetCompiler.Tests.Training.Callbacks;

/// <summary>
/// A reader of event files written from the formats alone (TensorFlow's record_writer.cc and protobuf.dev's "Encoding"), sharing nothing with the library: a bitwise CRC-32C,
/// fields as numbers and bytes.
/// </summary>
internal static class EventRecords
{
    /// <summary>The fields of every record; fails on a wrong checksum.</summary>
    public static List<List<Field>> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<List<Field>> records = [];
        int at = 0;
        while (at < file.Length)
        {
            int length = checked((int)BitConverter.ToUInt64(file, at));
            Require(BitConverter.ToUInt32(file, at + 8) == Masked(file.AsSpan(at, 8)), $"length checksum at {at}");
            Require(BitConverter.ToUInt32(file, at + 12 + length) == Masked(file.AsSpan(at + 12, length)), $"data checksum at {at}");
            records.Add(Fields(file.AsSpan(at + 12, length)));
            at += 12 + length + 4;
        }

        Require(at == file.Length, "the end");
        return records;
    }

    /// <summary>CRC-32C, bit by bit: the polynomial 0x1EDC6F41, reflected.</summary>
    public static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return crc ^ 0xFFFFFFFF;
    }

    /// <summary>((crc >> 15) | (crc &lt;&lt; 17)) + 0xa282ead8.</summary>
    public static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = Crc(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8u);
    }

    public static List<Field> Fields(ReadOnlySpan<byte> message)
    {
        List<Field> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint(message, ref at);
            int number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add(new Field(number, Varint(message, ref at), []));
                    break;
                case 1:
                    fields.Add(new Field(number, BitConverter.ToUInt64(message[at..]), []));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields.Add(new Field(number, 0, message.Slice(at, length).ToArray()));
                    at += length;
                    break;
                case 5:
                    fields.Add(new Field(number, BitConverter.ToUInt32(message[at..]), []));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        int shift = 0;
        while (true)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            shift += 7;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }

    internal sealed record Field(int Number, ulong Bits, byte[] Bytes)
    {
        public string Text => Encoding.UTF8.GetString(Bytes);

        public List<Field> Message => Fields(Bytes);

        public double Double => BitConverter.UInt64BitsToDouble(Bits);

        public float Float => BitConverter.UInt32BitsToSingle((uint)Bits);

        public double[] Doubles => [.. Enumerable.Range(0, Bytes.Length / 8).Select(i => BitConverter.ToDouble(Bytes, 8 * i))];
    }
}
