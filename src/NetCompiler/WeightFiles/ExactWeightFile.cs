using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NetCompiler;

/// <summary>
/// Reads a file that was saved by the very network that loads it, as most are: its values go to their places without a copy of the file or of a weight, and
/// little code takes part that would have to be compiled first. Every other file, the damaged ones too, is left to the thorough way, which finds out what is wrong.
/// </summary>
internal static class ExactWeightFile
{
    private const int PrefixLength = sizeof(ulong);
    private const int ChunkFloats = 1 << 14;

    /// <summary>Reads a file's bytes; null, and nothing is changed, unless it is such a file.</summary>
    public static WeightLoadReport? TryLoad(INetwork network, ReadOnlySpan<byte> file, WeightLoadOptions? options)
    {
        if (WeightsOf(network, options) is not { } weights || HeaderLength(file, file.Length) is not (> 0 and int headerLength)
            || !ExactHeader.TryRead(file.Slice(PrefixLength, headerLength), weights, out Dictionary<string, string>? texts, out long dataLength)
            || dataLength != file.Length - PrefixLength - headerLength)
        {
            return null;
        }

        // Everything that can fail comes before the first change.
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(file[(PrefixLength + headerLength)..]);
        if (WeightValues.IndexOfNonFinite(values) >= 0)
        {
            return null;
        }

        for (int i = 0; i < weights.Count; i++)
        {
            WeightLayout layout = weights.LayoutOf(i);
            weights[i].CopyFrom(values[..layout.Length]);
            values = values[layout.Length..];
        }

        return Report(network, weights, texts);
    }

    /// <summary>
    /// Reads an open file into a network that nothing was written to yet; null, and nothing is changed, unless it is both. Such a network has no values that
    /// must be kept until all others are known to be good.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read; nothing is changed.</exception>
    public static WeightLoadReport? TryLoad(INetwork network, SafeFileHandle file, WeightLoadOptions? options)
    {
        if (WeightsOf(network, options) is not { IsUnwritten: true } weights)
        {
            return null;
        }

        long length = LengthOf(file);
        float[] chunk = new float[ChunkFloats];
        Span<byte> start = MemoryMarshal.AsBytes(new Span<float>(chunk))[..(int)Math.Min(length, ChunkFloats * sizeof(float))];

        // A header that does not fit in holds more texts than are worth this way.
        if (!TryRead(file, start, 0) || HeaderLength(start, length) is not (> 0 and int headerLength) || headerLength > start.Length - PrefixLength
            || !ExactHeader.TryRead(start.Slice(PrefixLength, headerLength), weights, out Dictionary<string, string>? texts, out long dataLength)
            || dataLength != length - PrefixLength - headerLength)
        {
            return null;
        }

        bool isRead = false;
        try
        {
            isRead = TryReadValues(file, PrefixLength + headerLength, weights, chunk);
        }
        finally
        {
            // The values, or zeros again where they are not good.
            weights.Finish(isWritten: isRead);
        }

        return isRead ? Report(network, weights, texts) : null;
    }

    // The generated networks' weights, where the options ask for nothing that this way does not do.
    private static WeightCollection? WeightsOf(INetwork network, WeightLoadOptions? options) =>
        BitConverter.IsLittleEndian && (options is null || (options.Convention == WeightConvention.NetCompiler && options.Prefix.Length == 0 && options.Renames.Count == 0))
            && network.Weights is WeightCollection { ArchitectureHash: not null } weights ? weights : null;

    // The length that a file begins with, or 0 where it cannot be one.
    private static int HeaderLength(ReadOnlySpan<byte> start, long fileLength)
    {
        ulong length = start.Length < PrefixLength ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(start);
        return length < (ulong)Math.Min(fileLength - PrefixLength, int.MaxValue - PrefixLength) ? (int)length : 0;
    }

    private static bool TryReadValues(SafeFileHandle file, long place, WeightCollection weights, float[] chunk)
    {
        for (int i = 0; i < weights.Count; i++)
        {
            WeightLayout layout = weights.LayoutOf(i);
            Span<float> arena = weights[i].Arena.Span;
            for (int done = 0; done < layout.Length; done += ChunkFloats)
            {
                int count = Math.Min(ChunkFloats, layout.Length - done);
                bool isInPlace = layout.Packing == WeightPacking.Flat;
                Span<float> values = isInPlace ? arena.Slice(layout.Offset + done, count) : new Span<float>(chunk, 0, count);
                if (!TryRead(file, MemoryMarshal.AsBytes(values), place) || WeightValues.IndexOfNonFinite(values) >= 0)
                {
                    return false;
                }

                if (!isInPlace)
                {
                    layout.Scatter(done, values, arena);
                }

                place += count * sizeof(float);
            }
        }

        return true;
    }

    // A pipe has none, and is read in another way.
    private static long LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return 0;
        }
    }

    // Reads all of it; false where the file ends before.
    private static bool TryRead(SafeFileHandle file, Span<byte> bytes, long place)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(file, bytes, place);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
            place += read;
        }

        return true;
    }

    private static WeightLoadReport Report(INetwork network, WeightCollection weights, Dictionary<string, string>? texts)
    {
        network.Metadata.Clear();
        if (texts is not null)
        {
            foreach (KeyValuePair<string, string> text in texts)
            {
                network.Metadata.Add(text);
            }
        }

        string[] names = new string[weights.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = weights.LayoutOf(i).Name;
        }

        return new WeightLoadReport(names, [], []);
    }
}
