using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NetCompiler.Tests.Training.Pictures;

/// <summary>Reads PNG files of 8 bits per channel without filters, by the specification and the library's inflater; shares nothing with the encoder.</summary>
internal sealed class PngReader
{
    private readonly byte[] _pixels;

    public PngReader(ReadOnlySpan<byte> file)
    {
        if (!file[..8].SequenceEqual(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }))
        {
            throw new FormatException("No PNG signature.");
        }

        using MemoryStream packed = new();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            string type = Encoding.ASCII.GetString(file.Slice(at + 4, 4));
            ReadOnlySpan<byte> data = file.Slice(at + 8, length);
            if (type == "IHDR")
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
            }
            else if (type == "IDAT")
            {
                packed.Write(data);
            }
            else if (type == "IEND" && BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8)..]) != 0xAE426082)
            {
                throw new FormatException("The checksum of IEND, which is the same in every file, is another.");
            }

            at += length + 12;
        }

        packed.Position = 0;
        using ZLibStream zip = new(packed, CompressionMode.Decompress);
        _pixels = new byte[4 * Width * Height];
        for (int row = 0; row < Height; row++)
        {
            if (zip.ReadByte() != 0)
            {
                throw new FormatException($"Row {row} has a filter.");
            }

            zip.ReadExactly(_pixels.AsSpan(4 * Width * row, 4 * Width));
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue from the highest byte down.</summary>
    public int Rgb(int x, int y) => (_pixels[4 * ((y * Width) + x)] << 16) | (_pixels[(4 * ((y * Width) + x)) + 1] << 8) | _pixels[(4 * ((y * Width) + x)) + 2];

    public int Opacity(int x, int y) => _pixels[(4 * ((y * Width) + x)) + 3];

    /// <summary>The number of pixels of a colour in a rectangle.</summary>
    public int Count(int rgb, int left, int top, int right, int bottom)
        => Enumerable.Range(top, bottom - top).Sum(y => Enumerable.Range(left, right - left).Count(x => Rgb(x, y) == rgb));
}
