using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryEpoch_GetsAFileWithItsWeightsAndValues()
    {
        Slope network = new(1);
        List<float[]> weights = [];
        LambdaCallback keep = new(onEpochEnd: _ => weights.Add(network.Weights.Dense1Kernel.ToArray()));
        ModelCheckpoint checkpoint = new(_folder["deep/{{w}}-{epoch:00}-{val_score:0.00}.safetensors"]);
        Fit(network, [0.5, 0.25], keep, checkpoint);
        Assert.Equal(["{w}-01-0.50.safetensors", "{w}-02-0.25.safetensors"], Files("deep"));
        Assert.Equal(weights[0], Slope.Load(_folder["deep/{w}-01-0.50.safetensors"]).Weights.Dense1Kernel.ToArray());
        Assert.Equal(weights[1], Slope.Load(checkpoint.LastPath!).Weights.Dense1Kernel.ToArray());
        Assert.NotEqual(weights[0], weights[1]);
    }

    [Fact]
    public void SaveBestOnly_KeepsTheBestEpochInOneFile()
    {
        Slope network = new(1);
        List<float[]> weights = [];
        LambdaCallback keep = new(onEpochEnd: _ => weights.Add(network.Weights.Dense1Kernel.ToArray()));
        ModelCheckpoint checkpoint = new(_folder["best.json"], "val_score", saveBestOnly: true, mode: MonitorMode.Max);
        Fit(network, [1, 3, 2, double.NaN], keep, checkpoint);
        Assert.Equal(weights[1], Slope.Load(_folder["best.json"]).Weights.Dense1Kernel.ToArray());
        Assert.Equal(3, checkpoint.Best);
        Assert.Equal(["best.json"], Files(""));
    }

    [Fact]
    public void Mode_AndThresholdDecideWhatIsSaved()
    {
        Fit(new Slope(1), [3, 2, 1, 0.5], new ModelCheckpoint(_folder["{epoch}"], "val_score", saveBestOnly: true, mode: MonitorMode.Min, initialThreshold: 1.5));
        Assert.Equal(["3", "4"], Files(""));
    }

    [Fact]
    public void SaveFrequency_CountsBatchesAcrossEpochs()
    {
        Fit(new Slope(1), [1, 1], new ModelCheckpoint(_folder["{epoch}-{batch}"], saveFrequency: 3));

        // 4 batches per epoch: the third and the sixth.
        Assert.Equal(["1-3", "2-2"], Files(""));
    }

    [Fact]
    public void WrongOptions_AreRefusedBeforeTheFirstBatch()
    {
        string Refuse(ModelCheckpoint checkpoint) => Assert.Throws<ArgumentException>(() => Fit(new Slope(1), [1], checkpoint)).Message;
        Assert.Contains("has a place for \"accuracy\", but known are epoch, loss, score, val_loss, val_score.", Refuse(new ModelCheckpoint(_folder["{accuracy}"])), StringComparison.Ordinal);
        Assert.Contains("ModelCheckpoint watches \"auc\", but the training measures loss, score, val_loss, val_score.", Refuse(new ModelCheckpoint(_folder["w"], "auc", saveBestOnly: true)), StringComparison.Ordinal);
        Assert.Contains("known are epoch, batch, loss", Refuse(new ModelCheckpoint(_folder["{val_loss}"], saveFrequency: 1)), StringComparison.Ordinal);
        Assert.Contains("between epochs only \"loss\" is known", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("w", saveBestOnly: true, saveFrequency: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("without its partner", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("w-{epoch")).Message, StringComparison.Ordinal);
        Assert.Contains("without its partner", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("w-}")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("w", saveFrequency: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("w", initialThreshold: double.NaN));
        Assert.Empty(Files(""));
    }

    [Fact]
    public void PathThatCannotBeWritten_SaysSoAndNamesIt()
    {
        Directory.CreateDirectory(_folder["taken"]);
        WeightFileException exception = Assert.Throws<WeightFileException>(() => Fit(new Slope(1), [1], new ModelCheckpoint(_folder["taken"])));
        Assert.Contains(_folder["taken"], exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    private static void Fit(Slope network, double[] scores, params Callback[] callbacks) => network.Fit(
        TrainedNetworks.Line<Slope>(32),
        new FitOptions { Epochs = scores.Length, BatchSize = 4, ValidationSplit = 0.5, Metrics = [new ScriptedMetric("score", scores)], Callbacks = callbacks });

    private IEnumerable<string> Files(string folder) => Directory.GetFiles(_folder[folder]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);
}
