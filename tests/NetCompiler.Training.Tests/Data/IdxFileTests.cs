using System.IO.Compression;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Images_PlainAndGzip_ReadTheSame()
    {
        string plain = Write("a", Images(2)), packed = Write("b", Pack(Images(2)));
        IdxArray images = IdxFile.ReadImages(plain);
        Assert.Equal([2, 2, 3], images.Shape);
        Assert.Equal(1 / 255f, images.Values[1], 1e-9f);
        Assert.Equal(images.Values, IdxFile.ReadImages(packed).Values);
    }

    [Fact]
    public void WiderTypes_AreBigEndian()
    {
        using MemoryStream data = new([0, 0, 0x0B, 1, 0, 0, 0, 2, 1, 0, 0xFF, 0xFE]);
        Assert.Equal([256f, -2f], IdxFile.Read(data).Values);
    }

    [Theory]
    [InlineData("000", "has 3 bytes")]
    [InlineData("01000803", "starts with 01000803")]
    [InlineData("00000703", "starts with 00000703")]
    [InlineData("0000080300000002", "ends in its header: 3 dimensions need 12 bytes, 4 are there")]
    [InlineData("00000803FFFFFFFF0000000100000001", "dimension 0 of 4294967295")]
    [InlineData("000008037FFFFFFF7FFFFFFF7FFFFFFF", "more values than an array can hold")]
    [InlineData("0000080300000002000000010000000207", "promises 4 bytes of data, 1 are there")]
    [InlineData("000008030000000100000001000000010707", "goes on after the 1 bytes of data")]
    [InlineData("000008010000000107", "type 08 and 1 dimensions; images (3 dimensions) of unsigned bytes (type 08) were expected")]
    public void Damage_IsNamed(string hexadecimal, string message)
    {
        byte[] bytes = hexadecimal == "000" ? new byte[3] : Convert.FromHexString(hexadecimal);
        string path = Write("damaged", bytes);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000080100000003" + "0102", "is truncated: its header (3) promises 3 bytes of data, 2 are there")]
    [InlineData("00000801000000", "ends in its header: 1 dimensions need 4 bytes, 3 are there")]
    [InlineData("0000080100000001" + "0102", "goes on after the 1 bytes of data")]
    [InlineData("89504E47", "starts with 89504E47; an IDX file starts with 0000")]
    [InlineData("00000803000000010000000100000001" + "07", "type 08 and 3 dimensions; labels (1 dimension) of unsigned bytes (type 08) were expected")]
    [InlineData("00000C0100000001" + "00000007", "type 0C and 1 dimensions; labels (1 dimension)")]
    public void DamagedLabels_AreNamed(string hexadecimal, string message)
    {
        string path = Write("labels", Convert.FromHexString(hexadecimal));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadLabels(path));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000D0100000002" + "3F8000007FC00000", "value 1 is NaN as a float")]
    [InlineData("00000D0100000001" + "FF800000", "value 0 is -Infinity as a float")]
    [InlineData("00000E0100000001" + "7FEFFFFFFFFFFFFF", "value 0 is Infinity as a float")]
    [InlineData("00000C0100000003" + "01000000FF00000001000001", "value 2 is 16777217; a float holds integers exactly up to 16777216 only")]
    [InlineData("00000C0100000001" + "80000000", "value 0 is -2147483648;")]
    public void ValuesThatNoFloatHolds_AreNamedByTheirIndex(string hexadecimal, string message)
    {
        string path = Write("wide", Convert.FromHexString(hexadecimal));
        Assert.Contains($"{path}: {message}", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TruncatedGzip_IsNamed()
    {
        byte[] packed = Pack(Images(100));
        string path = Write("cut.gz", packed[..(packed.Length / 2)]);
        Assert.Contains($"{path}: the gzip data is damaged or truncated", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PromisedGigabytes_AllocateNoGigabytes()
    {
        string path = Write("huge", Convert.FromHexString("000008030000FFFF000000FF0000007F" + "00"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
    }

    [Fact]
    public void CountMismatch_NamesBothNumbers()
    {
        string images = Write("images", Images(2)), labels = Write("labels", Convert.FromHexString("0000080100000003" + "010203"));
        Assert.Contains("has 2 images, but", Assert.Throws<InvalidDataException>(() => IdxFile.ReadPair(images, labels)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFile_NamesTheFolder()
        => Assert.Contains("train-labels-idx1-ubyte.gz", Record.Exception(() => Mnist.Load(_folder.FullName))!.Message.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal), StringComparison.Ordinal);

    [SharedFact("data/mnist")]
    public void Mnist_HasItsKnownCounts()
    {
        (LabeledImages train, LabeledImages test) = Mnist.Load(Shared.PathOf("data/mnist"));
        Assert.Equal((60000, 10000, 28, 28), (train.Count, test.Count, train.Height, train.Width));
        Assert.Equal([5, 0, 4, 1, 9], train.Labels[..5]);
        Assert.Equal(7, test.Labels[0]);
        Assert.InRange(train.Images.Average(), 0.13, 0.131);
    }

    private static byte[] Images(int count) => [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, count * 6).Select(i => (byte)((i * i) % 251))];

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionMode.Compress))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
