using System.IO.Compression;
using System.Text;
using Xunit;

namespace NetCompiler.Tests.Training.Data;

/// <summary>Files of some size, read with somebody who listens, and with somebody who has enough.</summary>
public sealed class ReadProgressTests : IDisposable
{
    private const int Rows = 20_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("reading-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Progress_RisesToTheWholeFile(bool isPacked)
    {
        string path = Table(isPacked);
        var heard = new Heard();
        Assert.Equal(Rows, CsvTable.Read(path, progress: heard).RowCount);
        Assert.InRange(heard.All.Count, 2, 201);
        Assert.Equal(heard.All.OrderBy(report => report.Bytes), heard.All);
        ReadProgress last = heard.All[^1];
        Assert.Equal((path, new FileInfo(path).Length, 1, TimeSpan.Zero), (last.Path, last.Bytes, last.Fraction, last.Remaining));
        Assert.All(heard.All.SkipLast(1), report => Assert.True(report.Fraction is > 0 and <= 1 && report.Remaining < TimeSpan.MaxValue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_EndsWhereItIsCanceled(bool isPacked)
    {
        string path = Table(isPacked);
        using var source = new CancellationTokenSource();
        var heard = new Heard(report =>
        {
            if (report.Fraction > 0.3)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => CsvTable.Read(path, progress: heard, cancellationToken: source.Token));
        Assert.True(heard.All[^1].Fraction < 1, "It was read to the end.");

        // Nothing holds the file any longer.
        File.Delete(path);
    }

    [Fact]
    public void EveryReader_CanBeCanceledBeforeItBegins()
    {
        string path = Table(isPacked: false);
        var canceled = new CancellationToken(canceled: true);
        Action[] readers =
        [
            () => CsvTable.Read(path, cancellationToken: canceled),
            () => Utf8Text.Read(path, cancellationToken: canceled),
            () => Imdb.Read(path, cancellationToken: canceled),
            () => SpokenDigits.Read(path, cancellationToken: canceled),
            () => Cifar10.Read(path, cancellationToken: canceled),
            () => IdxFile.Read(path, cancellationToken: canceled),
            () => IdxFile.ReadImages(path, cancellationToken: canceled),
            () => IdxFile.ReadLabels(path, cancellationToken: canceled),
            () => IdxFile.ReadPair(path, path, cancellationToken: canceled),
        ];
        Assert.All(readers, reader => Assert.Throws<OperationCanceledException>(reader));
    }

    [Fact]
    public void Text_ThatIsWatched_IsTheSame()
    {
        string path = Table(isPacked: true);
        Assert.Equal(Utf8Text.Read(path), Utf8Text.Read(path, new Heard()));
    }

    // Numbers without a pattern, so that a packed file takes many reads.
    private string Table(bool isPacked)
    {
        var random = new Random(1);
        var text = new StringBuilder("a,b\n");
        for (int row = 0; row < Rows; row++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{random.NextDouble()},{random.NextDouble()}\n");
        }

        string path = Path.Combine(_folder, isPacked ? "table.csv.gz" : "table.csv");
        using Stream file = File.Create(path);
        using Stream stream = isPacked ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return path;
    }

    private sealed class Heard(Action<ReadProgress>? then = null) : IProgress<ReadProgress>
    {
        public List<ReadProgress> All { get; } = [];

        public void Report(ReadProgress value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }
}
