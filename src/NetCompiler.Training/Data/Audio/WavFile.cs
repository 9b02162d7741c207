using System.Buffers.Binary;
using System.Text;

namespace NetCompiler;

/// <summary>
/// Reads WAV files: RIFF with PCM of 8 (unsigned), 16, 24 or 32 bits, or 32-bit floats, mono or stereo, in the plain or the extensible form of the format chunk.
/// Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0", and Microsoft's WAVEFORMATEXTENSIBLE.
/// </summary>
public static class WavFile
{
    private const int HeaderLength = 12;
    private const int ChunkHeaderLength = 8;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What is asked of it; null takes any rate and number of channels.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is truncated, no WAV file, of a format that is not read, or other than expected; the message says what was found.</exception>
    public static WavSound Read(string path, WavExpectation? expected = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(File.ReadAllBytes(path), expected, path);
    }

    /// <inheritdoc cref="Read(string, WavExpectation?)"/>
    /// <param name="stream">The file, to its end.</param>
    /// <param name="expected">What is asked of it; null takes any rate and number of channels.</param>
    /// <param name="name">What error messages call the sound.</param>
    public static WavSound Read(Stream stream, WavExpectation? expected = null, string name = "WAV data")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), expected, name);
    }

    private static WavSound Parse(ReadOnlySpan<byte> file, WavExpectation? expected, string name)
    {
        int end = ReadHeader(file, name);
        WavFormat? format = null;
        for (int place = HeaderLength; place < end;)
        {
            if (end - place < ChunkHeaderLength)
            {
                throw new InvalidDataException($"{name}: {end - place} bytes are left at byte {place}, too few for a chunk.");
            }

            string id = Encoding.Latin1.GetString(file.Slice(place, 4));
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[(place + 4)..]);
            int start = place + ChunkHeaderLength;
            if (size > (uint)(end - start))
            {
                throw new InvalidDataException($"{name} is truncated or its chunk sizes are wrong: the chunk \"{id}\" at byte {place} promises {size} bytes, {end - start} are there.");
            }

            ReadOnlySpan<byte> chunk = file.Slice(start, (int)size);
            if (id == "fmt ")
            {
                format = WavFormat.Read(chunk, name);
                format.Require(expected, name);
            }
            else if (id == "data")
            {
                return format is null
                    ? throw new InvalidDataException($"{name}: the chunk \"data\" at byte {place} comes before the chunk \"fmt \" that says what it holds.")
                    : new WavSound(format.SampleRate, format.Channels, format.Bits, format.Decode(chunk, name));
            }

            // Chunks start at even places. Of an odd size at the end the filling byte may be missing.
            place = Math.Min(end, start + (int)size + (int)(size & 1));
        }

        throw new InvalidDataException($"{name} has no chunk \"{(format is null ? "fmt " : "data")}\".");
    }

    private static int ReadHeader(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < HeaderLength)
        {
            throw new InvalidDataException($"{name} has {file.Length} bytes; a WAV file starts with {HeaderLength} bytes of header.");
        }

        if (!file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
        {
            throw new InvalidDataException($"{name} starts with {Convert.ToHexString(file[..HeaderLength])}; a WAV file starts with \"RIFF\", four bytes and \"WAVE\".");
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        int there = file.Length - ChunkHeaderLength;
        if (size > (uint)there)
        {
            throw new InvalidDataException($"{name} is truncated: its header promises {size} bytes, {there} are there.");
        }

        return size < 4
            ? throw new InvalidDataException($"{name}: its header promises {size} bytes, but a WAV file of {file.Length} bytes has {there} there.")
            : ChunkHeaderLength + (int)size;
    }
}
