using System.Buffers.Binary;
using System.Numerics;

namespace NetCompiler;

/// <summary>The checksum of record files: CRC-32C (Castagnoli, RFC 3720 appendix B.4), masked as TensorFlow's TFRecord format does.</summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>CRC-32C, with all bits set at first and turned over at the end.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>The checksum as record files hold it: turned by 15 bits, plus a constant, so that a checksum of data with checksums stays a good one.</summary>
    public static uint ComputeMasked(ReadOnlySpan<byte> data)
    {
        uint crc = Compute(data);
        return BitOperations.RotateRight(crc, 15) + MaskDelta;
    }
}
