using System.Security.Cryptography;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Data.Images;

public sealed class Cifar10Tests : IDisposable
{
    private const int Record = 3073;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cifar");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Planes_BecomePixels_PlainAndGzip()
    {
        // Red counts columns, green counts rows, blue is 200.
        byte[] record = new byte[Record];
        record[0] = 7;
        for (int pixel = 0; pixel < 1024; pixel++)
        {
            (record[1 + pixel], record[1025 + pixel], record[2049 + pixel]) = ((byte)(pixel % 32), (byte)(pixel / 32), 200);
        }

        byte[] file = [.. new byte[Record], .. record];
        foreach (byte[] bytes in new[] { file, DataBytes.Pack(file) })
        {
            using MemoryStream stream = new(bytes);
            LabeledImages images = Cifar10.Read(stream);
            Assert.Equal((2, 32, 32, 3), (images.Count, images.Height, images.Width, images.Channels));
            Assert.Equal([0, 7], images.Labels);
            Assert.Equal(2 * 3072, images.Images.Length);
            ReadOnlySpan<float> pixel = images.Images.AsSpan(3072 + (((5 * 32) + 9) * 3), 3);
            Assert.Equal([9 / 255f, 5 / 255f, 200 / 255f], pixel.ToArray(), (a, b) => Math.Abs(a - b) < 1e-7);
        }
    }

    [Fact]
    public void LengthThatIsNoMultipleOfTheRecord_IsNamed() =>
        Assert.Equal("the data: record 2 (from byte 6146 on) has 54 bytes of 3073; the length of a CIFAR-10 file is a multiple of the record.", Refusal(new byte[(2 * Record) + 54]));

    [Fact]
    public void LabelAboveNine_IsNamed()
    {
        byte[] file = new byte[2 * Record];
        file[Record] = 10;
        Assert.Equal("the data: record 1 (from byte 3073 on) has the label 10; labels are 0 to 9.", Refusal(file));
    }

    [Fact]
    public void EmptyFile_IsNamed() => Assert.Equal("the data is empty; a CIFAR-10 file has records of 3073 bytes.", Refusal([]));

    [Fact]
    public void TruncatedGzip_NamesFileAndRecord()
    {
        byte[] file = new byte[20 * Record];
        for (int i = 0; i < file.Length; i++)
        {
            file[i] = i % Record == 0 ? (byte)(i / Record % 10) : SHA256.HashData(BitConverter.GetBytes(i / 32))[i % 32];
        }

        byte[] packed = DataBytes.Pack(file);
        string message = Refusal(packed[..(packed.Length / 2)]);
        Assert.Contains("the data: the gzip data is damaged or truncated", message);
        Assert.Matches(@"It was to give record \d+ \(from byte \d+ on\)", message);
    }

    [Fact]
    public void Folder_NeedsTrainingAndTest()
    {
        Assert.Contains("has none of data_batch_1.bin to data_batch_5.bin", Assert.Throws<FileNotFoundException>(() => Cifar10.Load(_folder.FullName)).Message);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "data_batch_2.bin"), new byte[Record]);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "data_batch_4.bin.gz"), DataBytes.Pack([1, .. new byte[Record - 1]]));
        Assert.Contains("has neither test_batch.bin nor test_batch.bin.gz", Assert.Throws<FileNotFoundException>(() => Cifar10.Load(_folder.FullName)).Message);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "test_batch.bin"), new byte[Record]);
        (LabeledImages train, LabeledImages test) = Cifar10.Load(_folder.FullName);
        Assert.Equal([0, 1], train.Labels);
        Assert.Equal((1, 3, 2 * 3072), (test.Count, train.Channels, train.Images.Length));
    }

    [SharedFact("data/cifar10")]
    public void Subset_HasItsKnownCountsAndMeans()
    {
        LabeledImages test = Cifar10.Read(Shared.PathOf("data/cifar10/test_batch.bin.gz"));
        Assert.Equal(5000, test.Count);
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(500, test.Labels.Count(candidate => candidate == label)));

        // The whole set's means are .4914 .4822 .4465; a subset's are near.
        double[] means = [.. Enumerable.Range(0, 3).Select(channel => Enumerable.Range(0, test.Images.Length / 3).Average(pixel => (double)test.Images[(pixel * 3) + channel]))];
        Assert.Equal([0.4914, 0.4822, 0.4465], means, (a, b) => Math.Abs(a - b) < 0.01);
    }

    private static string Refusal(byte[] bytes) => DataBytes.Refusal(bytes, (stream, name) => Cifar10.Read(stream, name));
}
