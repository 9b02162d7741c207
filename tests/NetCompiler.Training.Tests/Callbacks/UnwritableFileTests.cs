using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

/// <summary>A file that cannot be written is found out before the first batch, and what is there stays.</summary>
public sealed class UnwritableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Writers => [nameof(BackupAndRestore), nameof(ModelCheckpoint), "places", nameof(CsvLogger), "append"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Writers))]
    public void FileInThePlaceOfTheFolder_IsFoundBeforeTheFirstBatch(string writer)
    {
        File.WriteAllText(_folder["taken"], "kept");
        AssertRefused(Make(writer, Path.Combine(_folder["taken"], "deep", "file")), _folder["taken"]);
        Assert.Equal("kept", File.ReadAllText(_folder["taken"]));
        Assert.Equal(["earlier.csv", "taken"], Names(""));
    }

    [Theory]
    [InlineData(nameof(BackupAndRestore))]
    [InlineData(nameof(ModelCheckpoint))]
    [InlineData(nameof(CsvLogger))]
    [InlineData("append")]
    public void FolderInThePlaceOfTheFile_IsFoundBeforeTheFirstBatch(string writer)
    {
        Directory.CreateDirectory(_folder["taken"]);
        AssertRefused(Make(writer, _folder["taken"]), $"{_folder["taken"]} is a folder.");
        Assert.Equal(["earlier.csv"], Names(""));
        Assert.Empty(Names("taken"));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void MissingFolder_IsMade(string writer)
    {
        Fit(new Slope(1), Make(writer, _folder["a/b/file"]));
        Assert.Single(Names("a/b"));
    }

    [Theory]
    [InlineData(nameof(ModelCheckpoint))]
    [InlineData("append")]
    public void FileThatIsThere_StaysUntilItIsWritten(string writer)
    {
        File.WriteAllText(_folder["file"], "epoch,loss,mae\n");
        string? inBatch = null;
        LambdaCallback look = new(onBatchEnd: _ => inBatch ??= string.Join(' ', Names("").Append(File.ReadAllText(_folder["file"]))));
        Fit(new Slope(1), Make(writer, _folder["file"]), look);
        Assert.Equal("file epoch,loss,mae\n", inBatch);
        Assert.NotEqual("epoch,loss,mae\n", File.ReadAllText(_folder["file"]));
    }

    [Fact]
    public void LoopOfOnesOwn_FindsItTooBeforeTheFirstBatch()
    {
        File.WriteAllText(_folder["taken"], "kept");
        bool hasBegun = false;
        Slope network = new(1);
        using ITraining training = network.CreateTraining(4);
        FitOptions options = new() { Callbacks = [new LambdaCallback(onTrainBegin: _ => hasBegun = true, onTrainAbort: _ => hasBegun = true), new CsvLogger(_folder["taken/log.csv"])] };
        using (CallbackList callbacks = new(training, new Sgd(0.1).CreateState(training), new MetricSet(network), options))
        {
            Assert.Contains("CsvLogger cannot write", Assert.Throws<IOException>(() => callbacks.OnTrainBegin()).Message, StringComparison.Ordinal);
        }

        Assert.False(hasBegun);
    }

    [Fact]
    public void CheckpointThatIsThere_IsStillGoneOnFrom()
    {
        BackupAndRestore backup = new(_folder["file"], deleteCheckpoint: false);
        Fit(new Slope(1), backup);
        byte[] kept = File.ReadAllBytes(_folder["file"]);
        bool isResumed = false;
        new Slope(1).Fit(TrainedNetworks.Line<Slope>(8), new FitOptions { Epochs = 1, Callbacks = [backup, new LambdaCallback(onTrainBegin: context => isResumed = context.IsResumed)] });
        Assert.True(isResumed);
        Assert.Equal(kept, File.ReadAllBytes(_folder["file"]));
        Assert.Equal(["file"], Names(""));
    }

    private static Callback Make(string writer, string path) => writer switch
    {
        nameof(BackupAndRestore) => new BackupAndRestore(path, deleteCheckpoint: false),
        nameof(ModelCheckpoint) => new ModelCheckpoint(path),
        "places" => new ModelCheckpoint(path + "-{epoch}"),
        nameof(CsvLogger) => new CsvLogger(path),
        _ => new CsvLogger(path, append: true),
    };

    private static void Fit(Slope network, params Callback[] callbacks) => network.Fit(TrainedNetworks.Line<Slope>(8), new FitOptions { Callbacks = callbacks });

    private void AssertRefused(Callback writer, string reason)
    {
        // A log of another training, which this one would replace: not where it does not take place.
        File.WriteAllText(_folder["earlier.csv"], "epoch,loss\n0,1\n");
        bool hasBegun = false;
        Slope network = new(1);
        float[] before = network.Parameters.ToArray();
        Exception exception = Assert.ThrowsAny<Exception>(() => Fit(network, new CsvLogger(_folder["earlier.csv"]), new LambdaCallback(onTrainBegin: _ => hasBegun = true), writer));
        Assert.Equal(writer is BackupAndRestore ? typeof(CheckpointException) : writer is ModelCheckpoint ? typeof(WeightFileException) : typeof(IOException), exception.GetType());
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.False(hasBegun);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Equal("epoch,loss\n0,1\n", File.ReadAllText(_folder["earlier.csv"]));
    }

    private IEnumerable<string> Names(string folder) => Directory.GetFiles(_folder[folder]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);
}
