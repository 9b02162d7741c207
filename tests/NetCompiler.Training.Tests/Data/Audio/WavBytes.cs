using System.Buffers.Binary;
using System.Text;

namespace NetCompiler.Tests.Training.Data.Audio;

/// <summary>WAV files made in memory.</summary>
internal static class WavBytes
{
    public static byte[] Create(int bits, int channels, int rate, byte[] data, int tag = 1, int? block = null) => Riff(Chunk("fmt ", Format(bits, channels, rate, tag, block)), Chunk("data", data));

    public static byte[] Format(int bits, int channels, int rate, int tag = 1, int? block = null)
    {
        byte[] format = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(block ?? (channels * bits / 8)));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        return format;
    }

    public static byte[] Chunk(string id, byte[] content, int? size = null) =>
        [.. Encoding.Latin1.GetBytes(id), .. BitConverter.GetBytes(size ?? content.Length), .. content, .. new byte[content.Length % 2]];

    public static byte[] Riff(params byte[][] chunks)
    {
        byte[] content = [.. chunks.SelectMany(chunk => chunk)];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(content.Length + 4), .. "WAVE"u8, .. content];
    }
}
