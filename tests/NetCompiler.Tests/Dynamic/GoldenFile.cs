using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Dynamic;

/// <summary>The tensors of one golden case, and the tolerance of its index entry.</summary>
internal sealed class GoldenFile
{
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _dataStart;

    private GoldenFile(JsonElement entry, byte[] bytes)
    {
        Name = entry.GetProperty("name").GetString()!;
        Kind = entry.GetProperty("kind").GetString()!;
        Config = entry.GetProperty("config");
        RelativeTolerance = entry.GetProperty("tolerance").GetProperty("rtol").GetDouble();
        AbsoluteTolerance = entry.GetProperty("tolerance").GetProperty("atol").GetDouble();
        _bytes = bytes;
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        _header = JsonDocument.Parse(bytes.AsMemory(8, headerLength)).RootElement;
        _dataStart = 8 + headerLength;
    }

    public string Name { get; }

    public string Kind { get; }

    public JsonElement Config { get; }

    public double RelativeTolerance { get; }

    public double AbsoluteTolerance { get; }

    /// <summary>The folder of the golden cases beside the repository, or null where it is missing.</summary>
    public static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("NETCOMPILER_SHARED") is { Length: > 0 } given)
        {
            return Path.Combine(given, "reference");
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "..", "shared", "reference");
            if (File.Exists(Path.Combine(folder.FullName, "NetCompiler.sln")) && Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }

    /// <summary>The names of the cases that a filter takes.</summary>
    public static IEnumerable<string> Names(Func<string, string, bool> filter)
    {
        if (Folder() is not string folder)
        {
            return [];
        }

        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        return [.. index.RootElement.GetProperty("cases").EnumerateArray()
            .Where(entry => filter(entry.GetProperty("name").GetString()!, entry.GetProperty("kind").GetString()!))
            .Select(entry => entry.GetProperty("name").GetString()!)];
    }

    public static GoldenFile Open(string name)
    {
        string folder = Folder()!;
        JsonElement entry = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json"))).RootElement.GetProperty("cases")
            .EnumerateArray().Single(candidate => candidate.GetProperty("name").GetString() == name);
        return new GoldenFile(entry, File.ReadAllBytes(Path.Combine(folder, entry.GetProperty("file").GetString()!)));
    }

    public bool Has(string tensor) => _header.TryGetProperty(tensor, out _);

    public bool IsInteger(string tensor) => _header.GetProperty(tensor).GetProperty("dtype").GetString() == "I32";

    /// <summary>The tensors whose names start with a prefix, without it, in the order of the file.</summary>
    public string[] Suffixes(string prefix) =>
        [.. _header.EnumerateObject().Select(tensor => tensor.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])];

    public int[] Shape(string tensor) => [.. _header.GetProperty(tensor).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    public float[] Floats(string tensor) => MemoryMarshal.Cast<byte, float>(Data(tensor)).ToArray();

    public int[] Integers(string tensor) => MemoryMarshal.Cast<byte, int>(Data(tensor)).ToArray();

    public Column Column(string tensor) => IsInteger(tensor) ? Integers(tensor) : Floats(tensor);

    /// <summary>Asserts that values are those of a tensor within the case's tolerance.</summary>
    public void AssertEqual<T>(string tensor, ReadOnlySpan<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        float[] expected = Floats(tensor);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double value = double.CreateChecked(actual[i]), allowed = AbsoluteTolerance + (RelativeTolerance * Math.Abs(expected[i]));
            Expect.True(Math.Abs(value - expected[i]) <= allowed, $"{Name}, {tensor}[{i}]: ours {value:R}, theirs {expected[i]:R}, allowed {allowed:G3}.");
        }
    }

    private ReadOnlySpan<byte> Data(string tensor)
    {
        JsonElement offsets = _header.GetProperty(tensor).GetProperty("data_offsets");
        int begin = offsets[0].GetInt32(), end = offsets[1].GetInt32();
        return _bytes.AsSpan(_dataStart + begin, end - begin);
    }
}
