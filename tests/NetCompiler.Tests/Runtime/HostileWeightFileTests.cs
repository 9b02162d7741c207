using System.Text;
using Xunit;

namespace NetCompiler.Tests.Runtime;

/// <summary>Damaged and hostile files: each is refused with the tensor and the reason, and no weight changes.</summary>
public class HostileWeightFileTests
{
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "b", "inside \"a\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "b", "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a", "the header ends at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, null, "4 bytes after its last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", 8, "a", "lies at bytes 0 to 12, but the file holds 0 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 8, "a", "lies at bytes 8 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 8, "a", "lies at bytes -4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 8, "a", "lies at bytes 0 to 9223372036854775807")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551616]}}""", 8, "a", "whole numbers of 64 bits")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "a", "needs 12 bytes, but 8 bytes of data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", 8, "a", "bytes of data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1073741824,4,1073741824],"data_offsets":[0,0]}}""", 0, "a", "but 0 bytes of data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,99999999999],"data_offsets":[0,0]}}""", 0, "a", "an axis has 0 to 2147483647")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "a", "shape (-2)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "a", "whole numbers")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", 8, "a", "unknown data type \"Q4\"")]
    [InlineData("""{"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}""", 8, "a", "dtype should be a string, but is a number")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "a", "lacks dtype")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "a", "lacks shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "a", "lacks data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "a", "1 data offsets instead of 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", 8, "a", "\"shape\" appears twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a", "appears twice")]
    [InlineData("""{"a":[1]}""", 0, "a", "should be an object, but is an array")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, null, "__metadata__.x should be a string")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", 0, null, "__metadata__.x appears twice")]
    [InlineData("""{"__metadata__":{"x":"1"},"__metadata__":{}}""", 0, null, "The file has a header that cannot be read: __metadata__ appears twice")]
    [InlineData("""{"a":{"dtype":"F32" """, 0, "a", "The file has the entry \"a\" in its header, which cannot be read: ")]
    [InlineData("""{} x""", 0, null, "cannot be read")]
    [InlineData("""{"\uD800":{}}""", 0, null, "cannot be read")]
    [InlineData("""[1, 2]""", 0, null, "should be an object, but is an array")]
    public void DamagedHeaders_AreRefused(string header, int dataLength, string? tensor, string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        Refuse([.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[dataLength]], tensor, reason);
    }

    [Theory]
    [InlineData(0UL, "cannot be read")]
    [InlineData(1UL << 63, "says that its header has 9223372036854775808 bytes, but 8 follow")]
    [InlineData(ulong.MaxValue, "says that its header has 18446744073709551615 bytes")]
    [InlineData(9UL, "says that its header has 9 bytes, but 8 follow")]
    public void HeaderLengthsBeyondTheFile_AreRefused(ulong length, string reason) => Refuse([.. BitConverter.GetBytes(length), .. new byte[8]], null, reason);

    [Fact]
    public void EmptyFilesAndInvalidUtf8_AreRefused()
    {
        Refuse([], null, "has 0 bytes");
        Refuse([1, 2, 3], null, "has 3 bytes");
        Refuse([4, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xC3, 0x28, (byte)'}'], null, "not valid UTF-8");
    }

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2));
        MemoryStream stream = new();
        network.Save(stream);
        byte[] file = stream.ToArray();
        int header = sizeof(long) + (int)BitConverter.ToInt64(file);
        FakeNetwork other = new(FakeNetwork.Dense("Net", 3, 2), seed: 5);
        float[] before = other.Values();
        for (int length = 0; length < file.Length; length++)
        {
            WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(other, file.AsSpan(0, length)));
            string reason = length < sizeof(long) ? $"has {length} bytes"
                : length < header ? $"says that its header has {header - sizeof(long)} bytes, but {length - sizeof(long)} follow"
                : $"but the file holds 0 to {length - header}";
            Assert.Contains(reason, error.Message);
            Assert.Equal(before, other.Values());
        }
    }

    [Fact]
    public void EveryFlippedByte_LoadsOrIsRefusedButNeverMore()
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2));
        MemoryStream stream = new();
        network.Save(stream);
        byte[] file = stream.ToArray();
        for (int i = 0; i < file.Length; i++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0, 0x22, 0x7B, 0xFF, (byte)(file[i] ^ 1)])
            {
                byte[] changed = [.. file];
                changed[i] = value;
                float[] before = network.Values();
                if (Record.Exception(() => WeightFile.Load(network, changed)) is Exception error)
                {
                    Assert.IsType<WeightFileException>(error);
                    Assert.Equal(before, network.Values());
                }
            }
        }
    }

    [Theory]
    [InlineData("""{ "a": [1, [2]] }""", "a", "mixes numbers and arrays")]
    [InlineData("""{ "a": [[1], 2] }""", "a", "mixes numbers and arrays")]
    [InlineData("""{ "a": [[1, 2], [3]] }""", "a", "differ in length: 2 and 1")]
    [InlineData("""{ "a": [[], [[]]] }""", "a", "differ")]
    [InlineData("""{ "a": ["1"] }""", "a", "is a string at depth 1")]
    [InlineData("""{ "a": [1], "a": [2] }""", "a", "appears twice")]
    [InlineData("""{ "a": [1, 2 """, "a", "cannot be read")]
    [InlineData("""{ "a": [NaN] }""", "a", "cannot be read")]
    [InlineData("""{ "a": null }""", "a", "is null")]
    [InlineData("""{ "a": [1] } trailing""", null, "The file cannot be read: ")]
    [InlineData("""{ "a": [1 x """, "a", "The file has the array \"a\", which cannot be read: ")]
    [InlineData("""{ "__metadata__": {}, "__metadata__": { "x": "1" } }""", null, "The file cannot be read: __metadata__ appears twice")]
    public void DamagedJson_IsRefused(string text, string? tensor, string reason) => Refuse(Encoding.UTF8.GetBytes(text), tensor, reason);

    [Fact]
    public void DeepJson_IsRefused() => Refuse(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000)), "a", "depth");

    [Fact]
    public void IntegersInAWeight_AreRefused()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"dense1.kernel":{"dtype":"I32","shape":[3,2],"data_offsets":[0,24]},"dense1.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""");
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2));
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[32]]));
        Assert.Contains("dense1.kernel is I32 in the file", Assert.Single(error.Mismatches));
    }

    [Fact]
    public void UnknownVersions_AreRefused() => Refuse(Encoding.UTF8.GetBytes("""{ "__metadata__": { "netcompiler.version": "2" } }"""), null, "format version 2");

    [Fact]
    public void FilesOfOursWithoutAVersion_AreRefused() => Refuse(
        Encoding.UTF8.GetBytes("""{ "__metadata__": { "a": "b", "netcompiler.network": "Net" } }"""), null, "The file has \"netcompiler.network\" but no \"netcompiler.version\" in its metadata, but");

    private static void Refuse(byte[] file, string? tensor, string reason)
    {
        FakeNetwork network = new(FakeNetwork.Dense("Net", 3, 2));
        float[] before = network.Values();
        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Load(network, file));
        Assert.Equal(tensor, error.Tensor);
        Assert.Contains(reason, error.Message);
        if (tensor is not null)
        {
            Assert.Contains($"\"{tensor}\"", error.Message);
        }

        Assert.Equal(before, network.Values());
    }
}
