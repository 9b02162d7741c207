using System.IO.Compression;

namespace NetCompiler.Tests.Training.Data;

/// <summary>Data files made in memory.</summary>
internal static class DataBytes
{
    public static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionMode.Compress))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>The message of the InvalidDataException that reading the bytes as "the data" ends in.</summary>
    public static string Refusal(byte[] bytes, Action<Stream, string> read)
    {
        using MemoryStream stream = new(bytes);
        return Xunit.Assert.Throws<InvalidDataException>(() => read(stream, "the data")).Message;
    }
}
