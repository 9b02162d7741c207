using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace NetCompiler;

/// <summary>
/// Reads the table of a safetensors file: eight bytes with the header's length, the header in JSON, then the values, little-endian and
/// without gaps (https://github.com/huggingface/safetensors). Nothing in the file is trusted.
/// </summary>
internal static class SafetensorsReader
{
    private const int PrefixLength = 8;

    // The limit of the format's own library.
    private const int LongestHeader = 100_000_000;

    /// <exception cref="WeightFileException">The file is damaged; the message names the tensor and the reason.</exception>
    public static WeightFileContent Read(ReadOnlySpan<byte> file, string source)
    {
        if (file.Length < PrefixLength)
        {
            throw new WeightFileException($"{source} has {file.Length} bytes, which is neither a safetensors file (at least {PrefixLength}) nor JSON.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > LongestHeader || length > (ulong)(file.Length - PrefixLength))
        {
            throw new WeightFileException(
                $"{source} says that its header has {length} bytes, but {file.Length - PrefixLength} follow (and at most {LongestHeader} are allowed): it is truncated or no safetensors file.");
        }

        ReadOnlySpan<byte> header = file.Slice(PrefixLength, (int)length);
        if (!Utf8.IsValid(header))
        {
            throw new WeightFileException($"{source} has a header that is not valid UTF-8.");
        }

        List<Entry> entries = [];
        HashSet<string> names = [];
        Dictionary<string, string>? metadata = null;
        Entry current = new("");
        try
        {
            Utf8JsonReader reader = new(header);
            JsonReading.Expect(ref reader, JsonTokenType.StartObject, "the header");
            while (JsonReading.NextProperty(ref reader, out string name))
            {
                if (name == WeightFileKeys.Metadata)
                {
                    JsonReading.ReadTexts(ref reader, ref metadata);
                    continue;
                }

                current = new Entry(name);
                if (!names.Add(name))
                {
                    throw new JsonException("the name appears twice");
                }

                ReadEntry(ref reader, current);
                entries.Add(current);
                current = new Entry("");
            }

            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            string place = current.Name.Length == 0 ? "a header that" : $"the entry \"{current.Name}\" in its header, which";
            throw new WeightFileException($"{source} has {place} cannot be read: {exception.Message}", current.Name.Length == 0 ? null : current.Name, innerException: exception);
        }

        int dataStart = PrefixLength + (int)length, dataLength = file.Length - dataStart;
        FileTensor[] tensors = [.. entries.Select(entry => Check(entry, dataStart, dataLength, source))];
        CheckCoverage(tensors, dataStart, file.Length, source);
        return new WeightFileContent(tensors, metadata ?? [], IsJson: false);
    }

    private static void ReadEntry(ref Utf8JsonReader reader, Entry entry)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartObject, "a tensor's entry");
        HashSet<string> seen = [];
        while (JsonReading.NextProperty(ref reader, out string name))
        {
            if (!seen.Add(name))
            {
                throw new JsonException($"\"{name}\" appears twice");
            }

            switch (name)
            {
                case "dtype":
                    JsonReading.Expect(ref reader, JsonTokenType.String, "dtype");
                    entry.DataType = reader.GetString()!;
                    break;
                case "shape":
                    entry.Shape = JsonReading.ReadIntegers(ref reader, "shape");
                    break;
                case "data_offsets":
                    entry.Offsets = JsonReading.ReadIntegers(ref reader, "data_offsets");
                    break;
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }
    }

    private static FileTensor Check(Entry entry, int dataStart, int dataLength, string source)
    {
        WeightFileException Damaged(string reason) => new($"{source} has the tensor \"{entry.Name}\", which {reason}.", entry.Name);

        if (entry.DataType is null || entry.Shape is null || entry.Offsets is null)
        {
            throw Damaged("lacks " + (entry.DataType is null ? "dtype" : entry.Shape is null ? "shape" : "data_offsets"));
        }

        int size = SizeOf(entry.DataType);
        if (size == 0)
        {
            throw Damaged($"has the unknown data type \"{entry.DataType}\"");
        }

        if (entry.Offsets.Length != 2)
        {
            throw Damaged($"has {entry.Offsets.Length} data offsets instead of 2");
        }

        long begin = entry.Offsets[0], end = entry.Offsets[1];
        if (begin < 0 || end < begin || end > dataLength)
        {
            throw Damaged($"lies at bytes {begin} to {end}, but the file holds 0 to {dataLength}");
        }

        // As a 128-bit product that stops growing: sizes that overflow 64 bits must not come out small.
        Int128 bytes = size;
        foreach (long extent in entry.Shape)
        {
            if (extent is < 0 or > int.MaxValue)
            {
                throw Damaged($"has the shape ({string.Join(", ", entry.Shape)}), but an axis has 0 to {int.MaxValue} entries");
            }

            bytes = Int128.Min(bytes * extent, long.MaxValue);
        }

        if (bytes != end - begin)
        {
            throw Damaged($"has the shape ({string.Join(", ", entry.Shape)}) of {entry.DataType}, which needs {bytes} bytes, but {end - begin} bytes of data");
        }

        return new FileTensor(entry.Name, [.. entry.Shape.Select(extent => (int)extent)])
        {
            DataType = entry.DataType,
            Start = dataStart + (int)begin,
            ByteLength = (int)(end - begin),
        };
    }

    /// <summary>Every byte of the data belongs to exactly one tensor: the format forbids gaps and overlaps.</summary>
    private static void CheckCoverage(FileTensor[] tensors, int dataStart, int fileLength, string source)
    {
        int covered = dataStart;
        string previous = "the header";
        foreach (FileTensor tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.ByteLength))
        {
            if (tensor.Start != covered)
            {
                throw new WeightFileException(
                    $"{source} has the tensor \"{tensor.Name}\", which begins at byte {tensor.Start - dataStart}, "
                    + (tensor.Start < covered ? $"inside \"{previous}\", which ends at {covered - dataStart}." : $"but {previous} ends at {covered - dataStart}: the bytes between belong to no tensor."),
                    tensor.Name);
            }

            covered += tensor.ByteLength;
            previous = tensor.Name;
        }

        if (covered != fileLength)
        {
            throw new WeightFileException($"{source} has {fileLength - covered} bytes after its last tensor, which belong to none.");
        }
    }

    private static int SizeOf(string dataType) => dataType switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => 0,
    };

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public string? DataType { get; set; }

        public long[]? Shape { get; set; }

        public long[]? Offsets { get; set; }
    }
}
