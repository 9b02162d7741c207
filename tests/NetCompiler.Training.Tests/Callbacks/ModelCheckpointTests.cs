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
    public void Counts_AreFormattedAsWholeNumbers()
    {
        Fit(new Slope(1), [1, 1], new ModelCheckpoint(_folder["{epoch:D3}-{batch:X2}"], saveFrequency: 4));
        Assert.Equal(["001-04", "002-04"], Files(""));
    }

    [Fact]
    public void SaveFrequency_WatchesAndNamesTheMetricsSoFar()
    {
        // The metric of an epoch is the number of its batches so far, in the second epoch less ten: the first epoch's are the best.
        List<double> losses = [];
        LambdaCallback keep = new(onBatchEnd: context => losses.Add(context.Metrics["loss"]));
        ModelCheckpoint checkpoint = new(_folder["{epoch}-{batch}-{progress}"], "progress", saveBestOnly: true, mode: MonitorMode.Max, saveFrequency: 1);
        ModelCheckpoint everyFourth = new(_folder["loss-{loss:R}"], saveFrequency: 4);
        new Slope(1).Fit(
            TrainedNetworks.Line<Slope>(16),
            new FitOptions { Epochs = 2, BatchSize = 4, Metrics = [new Counting("progress", [0, -10])], Callbacks = [keep, checkpoint, everyFourth] });
        Assert.Equal(4, checkpoint.Best);
        Assert.Equal(
            ["1-1-1", "1-2-2", "1-3-3", "1-4-4", .. new[] { losses[3], losses[7] }.Select(loss => FormattableString.Invariant($"loss-{loss:R}")).Order(StringComparer.Ordinal)],
            Files(""));
    }

    [Fact]
    public void RunningMetrics_AreReadByName()
    {
        List<string> seen = [];
        LambdaCallback read = new(onBatchEnd: context =>
        {
            IReadOnlyDictionary<string, double> metrics = context.Metrics;
            Assert.Equal(["loss", "progress"], metrics.Keys);
            Assert.Equal((2, true, false), (metrics.Count, metrics.ContainsKey("loss"), metrics.TryGetValue("auc", out _)));
            Assert.Equal(metrics.Values, metrics.Select(metric => metric.Value));
            Assert.Equal(context.Loss, metrics["loss"]);
            Assert.Throws<KeyNotFoundException>(() => metrics["auc"]);
            seen.Add($"{context.Epoch} {metrics["progress"]}");
        });
        new Slope(1).Fit(TrainedNetworks.Line<Slope>(8), new FitOptions { Epochs = 2, BatchSize = 4, Metrics = [new Counting("progress", [0, -10])], Callbacks = [read] });
        Assert.Equal(["0 1", "0 2", "1 -9", "1 -8"], seen);
    }

    [Fact]
    public void WrongOptions_AreRefusedBeforeTheFirstBatch()
    {
        string Refuse(ModelCheckpoint checkpoint) => Assert.Throws<ArgumentException>(() => Fit(new Slope(1), [1], checkpoint)).Message;
        Assert.Contains("has a place for \"accuracy\", but known are epoch, loss, score, val_loss, val_score.", Refuse(new ModelCheckpoint(_folder["{accuracy}"])), StringComparison.Ordinal);
        Assert.Contains("ModelCheckpoint watches \"auc\", but the training measures loss, score, val_loss, val_score.", Refuse(new ModelCheckpoint(_folder["w"], "auc", saveBestOnly: true)), StringComparison.Ordinal);
        Assert.EndsWith("known are epoch, batch, loss, score.", Refuse(new ModelCheckpoint(_folder["{val_loss}"], saveFrequency: 1)), StringComparison.Ordinal);
        Assert.Contains("watches \"val_loss\" every 7 batches, but between epochs known are loss, score.", Refuse(new ModelCheckpoint("w", saveBestOnly: true, saveFrequency: 7)), StringComparison.Ordinal);
        Assert.Contains("ModelCheckpoint watches \"auc\", but the training measures", Refuse(new ModelCheckpoint("w", "auc", saveBestOnly: true, saveFrequency: 7)), StringComparison.Ordinal);
        Assert.Contains("has the place \"{epoch:Q}\", but \"Q\" is no format of whole numbers.", Refuse(new ModelCheckpoint(_folder["{epoch:Q}"])), StringComparison.Ordinal);
        Assert.Contains("has the place \"{val_loss:D3}\", but \"D3\" is no format of numbers.", Refuse(new ModelCheckpoint(_folder["{val_loss:D3}"])), StringComparison.Ordinal);
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

    /// <summary>The number of batches of a pass so far, and something more by the pass.</summary>
    private sealed record Counting(string Title, double[] Offsets) : Metric(Title)
    {
        public override MetricState CreateState() => new State(Offsets);

        private sealed class State(double[] offsets) : MetricState
        {
            private int _pass = -1;
            private int _batches;

            public override double Value => offsets[_pass] + _batches;

            public override void Reset()
            {
                _pass++;
                _batches = 0;
            }

            public override void Add(in MetricBatch batch) => _batches++;
        }
    }
}
