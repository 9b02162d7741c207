using System.Buffers.Binary;
using System.Text;

namespace NetCompiler;

/// <summary>One value of an event file.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Step">The place on the horizontal axis.</param>
/// <param name="Tag">The name of its curve, histogram or text.</param>
public sealed record EventValue(DateTime Time, long Step, string Tag)
{
    /// <summary>The value, for a scalar.</summary>
    public double? Scalar { get; init; }

    /// <summary>The histogram, for one.</summary>
    public EventHistogram? Histogram { get; init; }

    /// <summary>The text, for one.</summary>
    public string? Text { get; init; }
}

/// <summary>Reads event files of TensorBoard: scalars, histograms and texts; values of other kinds have a tag only.</summary>
public static class EventFile
{
    private const int HeadLength = sizeof(ulong) + sizeof(uint);
    private const int TailLength = sizeof(uint);

    /// <summary>All values of a file, in order. Every checksum is checked.</summary>
    /// <exception cref="EventFileException">The file is damaged, cut off or no event file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<EventValue> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<EventValue> values = [];
        int offset = 0;
        while (offset < file.Length)
        {
            ReadOnlySpan<byte> record = RecordAt(file, offset, path);
            try
            {
                ReadEvent(record, isFirst: offset == 0, values);
            }
            catch (FormatException exception)
            {
                throw new EventFileException(path, offset, exception.Message, exception);
            }

            offset += HeadLength + record.Length + TailLength;
        }

        return offset > 0 ? values : throw new EventFileException(path, 0, "it is empty");
    }

    private static ReadOnlySpan<byte> RecordAt(ReadOnlySpan<byte> file, int offset, string path)
    {
        ReadOnlySpan<byte> rest = file[offset..];
        if (rest.Length < HeadLength)
        {
            throw new EventFileException(path, offset, $"it is cut off: the head of a record has {HeadLength} bytes, but {rest.Length} are left");
        }

        RequireChecksum(rest[..sizeof(ulong)], rest[sizeof(ulong)..], "length", path, offset);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        if (length > (ulong)Math.Max(0, rest.Length - HeadLength - TailLength))
        {
            throw new EventFileException(path, offset, $"it is cut off: the record has {length} bytes and a checksum, but {rest.Length - HeadLength} bytes are left");
        }

        ReadOnlySpan<byte> data = rest.Slice(HeadLength, (int)length);
        RequireChecksum(data, rest[(HeadLength + data.Length)..], "data", path, offset);
        return data;
    }

    private static void RequireChecksum(ReadOnlySpan<byte> data, ReadOnlySpan<byte> stored, string what, string path, int offset)
    {
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(stored), found = Crc32C.ComputeMasked(data);
        if (found != expected)
        {
            throw new EventFileException(path, offset, $"the checksum of the record's {what} is {found:x8}, but the file says {expected:x8}");
        }
    }

    private static void ReadEvent(ReadOnlySpan<byte> message, bool isFirst, List<EventValue> values)
    {
        double seconds = 0;
        long step = 0;
        string? version = null;
        List<EventValue> own = [];
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case EventFields.Event.WallTime:
                    seconds = BitConverter.UInt64BitsToDouble(reader.Bits);
                    break;
                case EventFields.Event.Step:
                    step = (long)reader.Bits;
                    break;
                case EventFields.Event.FileVersion:
                    version = Text(reader.Block);
                    break;
                case EventFields.Event.Summary:
                    ReadSummary(reader.Block, own);
                    break;
            }
        }

        if (isFirst && version != EventFields.FileVersion)
        {
            throw new FormatException($"the first record says {(version is null ? "no version" : $"the version \"{version}\"")}, but \"{EventFields.FileVersion}\" was expected");
        }

        if (!(Math.Abs(seconds) < 1e11))
        {
            throw new FormatException(FormattableString.Invariant($"the time {seconds} is none"));
        }

        DateTime time = DateTime.UnixEpoch.AddSeconds(seconds);
        values.AddRange(own.Select(value => value with { Time = time, Step = step }));
    }

    private static void ReadSummary(ReadOnlySpan<byte> message, List<EventValue> values)
    {
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == EventFields.Summary.Value)
            {
                values.Add(ReadValue(reader.Block));
            }
        }
    }

    private static EventValue ReadValue(ReadOnlySpan<byte> message)
    {
        EventValue value = new(default, 0, "");
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            value = reader.Field switch
            {
                EventFields.Value.Tag => value with { Tag = Text(reader.Block) },
                EventFields.Value.Simple => value with { Scalar = BitConverter.UInt32BitsToSingle((uint)reader.Bits) },
                EventFields.Value.Histogram => value with { Histogram = ReadHistogram(reader.Block) },
                EventFields.Value.Tensor => value with { Text = ReadText(reader.Block) },
                _ => value,
            };
        }

        return value;
    }

    private static EventHistogram ReadHistogram(ReadOnlySpan<byte> message)
    {
        EventHistogram histogram = new(0, 0, 0, 0, 0, [], []);
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            double number = BitConverter.UInt64BitsToDouble(reader.Bits);
            histogram = reader.Field switch
            {
                EventFields.Histogram.Minimum => histogram with { Minimum = number },
                EventFields.Histogram.Maximum => histogram with { Maximum = number },
                EventFields.Histogram.Count => histogram with { Count = number },
                EventFields.Histogram.Sum => histogram with { Sum = number },
                EventFields.Histogram.SumOfSquares => histogram with { SumOfSquares = number },
                EventFields.Histogram.Limits => histogram with { Limits = Numbers(reader.Block) },
                EventFields.Histogram.Buckets => histogram with { Buckets = Numbers(reader.Block) },
                _ => histogram,
            };
        }

        return histogram.Limits.Count == histogram.Buckets.Count
            ? histogram
            : throw new FormatException($"a histogram has {histogram.Limits.Count} limits, but {histogram.Buckets.Count} buckets");
    }

    /// <summary>The first string of a tensor, or null for a tensor of something else.</summary>
    private static string? ReadText(ReadOnlySpan<byte> message)
    {
        ProtobufReader reader = new(message);
        while (reader.Next())
        {
            if (reader.Field == EventFields.Tensor.Strings)
            {
                return Text(reader.Block);
            }
        }

        return null;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static double[] Numbers(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(double) != 0)
        {
            throw new FormatException($"a row of numbers has {bytes.Length} bytes, which is no multiple of {sizeof(double)}");
        }

        double[] numbers = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return numbers;
    }
}
