using System.IO.Compression;
using System.Text;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

public sealed class FileStreamTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netcompiler-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CsvRows_AreReadOneAtATime()
    {
        string path = Write("rows.csv", Encoding.UTF8.GetBytes("a,b,c\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{-i},{i}\n"))));
        Dataset data = Dataset.FromCsv<Line>(path, Parse);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), NumberedLines.Read(data, 64));
        Assert.Equal(NumberedLines.Read(data.Shuffle(1), 64), NumberedLines.Read(data.Shuffle(1).Prefetch(), 64));
    }

    [Fact]
    public void MalformedRows_AreNamedBySampleAndLine()
    {
        string letters = Write("letters.csv", Encoding.UTF8.GetBytes("a,b,c\n1,2,3\n4,five,6\n")), few = Write("few.csv", Encoding.UTF8.GetBytes("a,b,c\n1,2,3\n4,5\n"));
        Assert.Contains("Sample 1 (counted from 0) could not be read: The input string 'five'", Assert.Throws<SampleException>(() => NumberedLines.Read(Dataset.FromCsv<Line>(letters, Parse))).Message, StringComparison.Ordinal);
        Assert.Contains("Sample 1 (counted from 0) could not be read: " + few + ", line 3: the row has 2 fields, but there are 3 columns.", Assert.Throws<SampleException>(() => NumberedLines.Read(Dataset.FromCsv<Line>(few, Parse).Prefetch())).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Dataset.FromCsv<Line>(Write("empty.csv", []), Parse));
        Assert.Throws<FileNotFoundException>(() => Dataset.FromCsv<Line>(Path.Combine(_folder, "none.csv"), Parse));
    }

    [Fact]
    public void Records_AreReadFromPlainAndGzipFiles()
    {
        byte[] records = [.. Enumerable.Range(0, 200).SelectMany(i => new byte[] { (byte)i, 0, (byte)(i / 2) })];
        string plain = Write("records.bin", [9, 9, .. records]), packed = Write("records.bin.gz", Gzip([9, 9, .. records]));
        foreach (string path in new[] { plain, packed })
        {
            Dataset data = Dataset.FromRecords<Line>(path, 3, Decode, headerLength: 2);
            Assert.Equal(path == plain ? 200 : null, data.KnownCount);
            Assert.Equal(Enumerable.Range(0, 200).Select(i => (float)(i / 2)), NumberedLines.Read(data));
            Assert.Equal(NumberedLines.Read(data), NumberedLines.Read(data.Prefetch(), epoch: 1));
        }
    }

    [Fact]
    public void FilesThatEndWithinARecord_AreRefused()
    {
        string plain = Write("short.bin", new byte[2 + (3 * 50) + 2]), packed = Write("short.bin.gz", Gzip(new byte[2 + (3 * 50) + 2])), damaged = Write("damaged.gz", Gzip(RandomBytes(3000))[..1500]);
        Assert.Equal($"{plain} has 154 bytes: that is no header of 2 and a whole number of records of 3.", Assert.Throws<InvalidDataException>(() => Dataset.FromRecords<Line>(plain, 3, Decode, 2)).Message);
        Assert.Equal($"Sample 50 (counted from 0) could not be read: {packed} ends within the record: it has 2 of its 3 bytes.", Assert.Throws<SampleException>(() => new Line().Fit(Dataset.FromRecords<Line>(packed, 3, Decode, 2).Prefetch(), new FitOptions { Verbosity = Verbosity.Silent })).Message);
        Assert.Contains(damaged, Assert.Throws<SampleException>(() => NumberedLines.Read(Dataset.FromRecords<Line>(damaged, 3, Decode))).Message, StringComparison.Ordinal);

        // Cut after it was opened: the number of records is that of the beginning.
        string cut = Write("cut.bin", new byte[300]);
        Dataset data = Dataset.FromRecords<Line>(cut, 3, Decode);
        Write("cut.bin", new byte[150]);
        Assert.Contains("ended after 50 samples, but 100 were declared", Assert.Throws<SampleException>(() => NumberedLines.Read(data)).Message, StringComparison.Ordinal);
        File.Delete(cut);
        Assert.Throws<SampleException>(() => NumberedLines.Read(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromRecords<Line>(plain, 0, Decode));
        Assert.Throws<FileNotFoundException>(() => Dataset.FromRecords<Line>(cut, 3, Decode));
    }

    [Fact]
    public void FilesOfAFolder_AreSamplesInOrdinalOrder_WithRandomAccess()
    {
        foreach (int i in new[] { 3, 1, 2 })
        {
            Write($"{i}.num", Encoding.ASCII.GetBytes($"{i}"));
        }

        Dataset data = Dataset.FromFiles<Line>(_folder, "*.num", (path, sample) => NumberedLines.Write(int.Parse(File.ReadAllText(path), System.Globalization.CultureInfo.InvariantCulture), sample));
        Assert.Equal([1f, 2f, 3f], NumberedLines.Read(data));
        Assert.Equal([3f, 1f], NumberedLines.Read(data.Subset(2, 0)));
        File.WriteAllText(Path.Combine(_folder, "2.num"), "two");
        Assert.Contains("Sample 1 (counted from 0) could not be read", Assert.Throws<SampleException>(() => NumberedLines.Read(data.Prefetch())).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Dataset.FromFiles<Line>(_folder, "*.wav", (_, _) => { }));
        Assert.Throws<DirectoryNotFoundException>(() => Dataset.FromFiles<Line>(Path.Combine(_folder, "none"), "*", (_, _) => { }));
    }

    private static void Parse(CsvReader row, Sample sample)
    {
        sample.FloatInput()[0] = float.Parse(row.Fields[0], System.Globalization.CultureInfo.InvariantCulture);
        sample.FloatInput()[1] = float.Parse(row.Fields[1], System.Globalization.CultureInfo.InvariantCulture);
        sample.FloatTarget()[0] = float.Parse(row.Fields[2], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Decode(ReadOnlySpan<byte> record, Sample sample)
    {
        sample.FloatInput()[0] = record[0];
        sample.FloatInput()[1] = record[1];
        sample.FloatTarget()[0] = record[2];
    }

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
