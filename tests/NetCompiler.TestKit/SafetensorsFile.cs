using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NetCompiler.TestKit;

/// <summary>
/// A small reader of safetensors files, apart from the product's own so that each proves the other: 8 bytes of header length, a JSON header,
/// then little-endian data. Reads F32, I32 and, where its values fit, I64.
/// </summary>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, (string Type, int[] Shape, int Begin, int End)> _entries = [];
    private readonly byte[] _data;

    /// <summary>Reads a whole file.</summary>
    public SafetensorsFile(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int headerLength = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file));
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        _data = file[(8 + headerLength)..];
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name != "__metadata__")
            {
                int[] offsets = ReadNumbers(entry.Value.GetProperty("data_offsets"));
                _entries.Add(entry.Name, (entry.Value.GetProperty("dtype").GetString()!, ReadNumbers(entry.Value.GetProperty("shape")), offsets[0], offsets[1]));
            }
        }
    }

    /// <summary>The names of all tensors, in the order of the header.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether there is such a tensor.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Whether a tensor holds integers.</summary>
    public bool IsInteger(string name) => Find(name).Type is "I32" or "I64";

    /// <summary>The shape of a tensor.</summary>
    public int[] Shape(string name) => Find(name).Shape;

    /// <summary>The values of an F32 tensor, row-major.</summary>
    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(Bytes(name, "F32")).ToArray();

    /// <summary>The values of an I32 or I64 tensor, row-major.</summary>
    public int[] Integers(string name) => Find(name).Type == "I64"
        ? Array.ConvertAll(MemoryMarshal.Cast<byte, long>(Bytes(name, "I64")).ToArray(), value => checked((int)value))
        : MemoryMarshal.Cast<byte, int>(Bytes(name, "I32")).ToArray();

    private ReadOnlySpan<byte> Bytes(string name, string type)
    {
        (string found, _, int begin, int end) = Find(name);
        return found == type ? _data.AsSpan(begin..end) : throw new InvalidDataException($"Tensor \"{name}\" is {found}, not {type}.");
    }

    private (string Type, int[] Shape, int Begin, int End) Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new KeyNotFoundException($"There is no tensor \"{name}\"; the file has {string.Join(", ", _entries.Keys)}.");

    private static int[] ReadNumbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
}
