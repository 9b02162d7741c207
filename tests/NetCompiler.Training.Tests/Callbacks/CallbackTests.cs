using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

public sealed class CallbackTests
{
    [Fact]
    public void EarlyStopping_WaitsAndRestoresTheBestWeights()
    {
        Line network = new(1);
        Dataset data = FitTests.LineData(64);
        EarlyStopping stopping = new("loss", patience: 3, restoreBestWeights: true);

        // From epoch 4 on the rate is so large that every epoch is worse.
        LearningRateScheduler schedule = new((epoch, _) => epoch < 4 ? 0.05 : 3);
        History history = network.Fit(data, new FitOptions { Epochs = 50, Optimizer = new Sgd(0.05), Callbacks = [schedule, stopping] });
        Assert.InRange(stopping.BestEpoch, 3, 5);
        Assert.Equal(stopping.BestEpoch + 1 + stopping.Patience, history.Epochs);
        Assert.Equal(history["loss"].Min(), history["loss"][stopping.BestEpoch]);
        Assert.True(network.Evaluate(data).Loss < history.Last("loss"));
    }

    [Fact]
    public void EarlyStopping_IsRefusedBeforeTrainingWhereItsSeriesWillNotBe()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "kept");
            Line network = new(1);
            float[] before = network.Values.ToArray();
            string message = Assert.Throws<ArgumentException>(() => network.Fit(FitTests.LineData(64), new FitOptions { Callbacks = [new CsvLogger(path), new EarlyStopping()] })).Message;
            Assert.Contains("EarlyStopping watches \"val_loss\", but the training measures loss, mae. It needs ValidationSplit or ValidationData.", message, StringComparison.Ordinal);
            message = Assert.Throws<ArgumentException>(() => network.Fit(FitTests.LineData(64), new FitOptions { ValidationSplit = 0.5, Callbacks = [new EarlyStopping("val_auc")] })).Message;
            Assert.EndsWith("the training measures loss, mae, val_loss, val_mae.", message, StringComparison.Ordinal);
            Assert.Equal(before, network.Values.ToArray());
            Assert.Equal("kept", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("val_mae", false)]
    [InlineData("slope_rmse", false)]
    [InlineData("val_accuracy", true)]
    [InlineData("f1", true)]
    [InlineData("top5", true)]
    [InlineData("digit_top3", true)]
    public void EarlyStopping_KnowsByTheNameOfAMetricOfTheLibraryWhatIsBetter(string name, bool larger)
        => Assert.Equal(larger ? 4 : 2, TrainGrowing(new EarlyStopping(name, patience: 1), name));

    [Theory]
    [InlineData(MonitorMode.Min)]
    [InlineData(MonitorMode.Max)]
    public void EarlyStopping_AsksTheMetricWhatIsBetter(MonitorMode direction)
    {
        Assert.Equal(direction == MonitorMode.Max ? 4 : 2, TrainGrowing(new EarlyStopping("score", patience: 1), "score", direction));
        Assert.Equal(direction == MonitorMode.Max ? 4 : 2, TrainGrowing(new EarlyStopping("val_score", patience: 1), "score", direction));

        // What the metric says counts more than its name, and what the callback is told more than either.
        Assert.Equal(direction == MonitorMode.Max ? 4 : 2, TrainGrowing(new EarlyStopping("accuracy", patience: 1), "accuracy", direction));
        Assert.Equal(direction == MonitorMode.Max ? 4 : 2, TrainGrowing(new EarlyStopping("score", patience: 1, mode: direction), "score", MonitorMode.Auto));
        Assert.Equal(4, TrainGrowing(new EarlyStopping("score", patience: 1, mode: MonitorMode.Max), "score", direction));
    }

    [Theory]
    [InlineData("score")]
    [InlineData("stop_loss")]
    [InlineData("accuracy_loss")]
    [InlineData("topology")]
    [InlineData("val_iou")]
    public void SeriesOfWhichNobodySaysWhatIsBetter_IsRefusedBeforeTraining(string name)
    {
        Func<Callback>[] watchers = [() => new EarlyStopping(name), () => new ReduceLearningRateOnPlateau(name), () => new ModelCheckpoint("never-written", name, saveBestOnly: true)];
        foreach (Func<Callback> make in watchers)
        {
            Callback watcher = make();
            string message = Assert.Throws<ArgumentException>(() => TrainGrowing(watcher, name)).Message;
            Assert.Contains($"{watcher.GetType().Name} watches \"{name}\", of which it is not known whether less or more is better: give MonitorMode.Min or MonitorMode.Max", message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists("never-written"));
    }

    [Fact]
    public void EveryMetricOfTheLibrary_SaysWhatIsBetter()
    {
        Metric[] metrics = [.. typeof(Metric).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Metric)) && !type.IsAbstract).Select(type => (Metric)Activator.CreateInstance(type, [.. type.GetConstructors().Single().GetParameters().Select(parameter => parameter.DefaultValue)])!)];
        Assert.True(metrics.Length >= 10, $"{metrics.Length}");
        Assert.All(metrics, metric => Assert.Equal(metric is MeanAbsoluteError or RootMeanSquaredError ? MonitorMode.Min : MonitorMode.Max, metric.Direction));

        // The names by which they are known alone are their own.
        Assert.All(metrics, metric => Assert.Equal(metric.Direction, MeasuredSeries.DirectionOf("val_" + metric.Name)));
    }

    [Fact]
    public void EarlyStopping_TakesAnImprovementForOneOnlyAboveMinDelta()
    {
        Assert.Equal(5, Train(new EarlyStopping("score", patience: 3, minDelta: 0.5, mode: MonitorMode.Max), 1, 2, 2.3, 2.4, 2.5, 9));
        Assert.Equal(6, Train(new EarlyStopping("score", patience: 3, minDelta: 0.4, mode: MonitorMode.Max), 1, 2, 2.3, 2.45, 2.5, 9));
    }

    [Fact]
    public void EarlyStopping_ModeSaysWhatIsBetter()
    {
        Assert.Equal(3, Train(new EarlyStopping("score", patience: 2, mode: MonitorMode.Min), 1, 2, 3, 4, 5));
        Assert.Equal(5, Train(new EarlyStopping("score", patience: 2, mode: MonitorMode.Max), 1, 2, 3, 4, 5));
    }

    [Fact]
    public void EarlyStopping_WaitsOnUntilTheBaselineIsBeaten()
    {
        // Epochs 0 and 2 improve, but stay above the baseline: the waiting goes on, and epoch 3 ends it.
        Assert.Equal(4, Train(new EarlyStopping("score", patience: 3, baseline: 1), 5, 6, 4, 6, 6, 6));
        Assert.Equal(6, Train(new EarlyStopping("score", patience: 3, baseline: 4.5), 5, 6, 4, 6, 6, 6, 6));
    }

    [Fact]
    public void EarlyStopping_LooksAtNoEpochBeforeItsFirst()
    {
        EarlyStopping stopping = new("score", patience: 1, startFromEpoch: 3);
        Assert.Equal(5, Train(stopping, 1, 2, 3, 4, 5, 6, 7));
        Assert.Equal((3, 4), (stopping.BestEpoch, stopping.StoppedEpoch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void EarlyStopping_WaitsForASecondEpochAfterAFirstNaN_AndKeepsItsWeights(int patience)
    {
        // As Keras: nothing is better than NaN, nor worse; and after the first epoch there is nothing to compare.
        Slope network = new(1);
        List<float[]> weights = [];
        EarlyStopping stopping = new("score", patience, restoreBestWeights: true);
        History history = network.Fit(TrainedNetworks.Line<Slope>(8), new FitOptions
        {
            Epochs = 5,
            Metrics = [new ScriptedMetric("score", [double.NaN]) { Better = MonitorMode.Min }],
            Callbacks = [new LambdaCallback(onEpochEnd: _ => weights.Add(network.Weights.Dense1Kernel.ToArray())), stopping],
        });
        Assert.Equal(2, history.Epochs);
        Assert.Equal((0, 1), (stopping.BestEpoch, stopping.StoppedEpoch));
        Assert.NotEqual(weights[0], weights[1]);
        Assert.Equal(weights[0], network.Weights.Dense1Kernel.ToArray());

        // A number is better than none.
        EarlyStopping later = new("score", patience, restoreBestWeights: true);
        Assert.Equal(3 + Math.Max(1, patience), Train(later, double.NaN, 3, 2, 2, 2, 2, 2));
        Assert.Equal(2, later.BestEpoch);
    }

    [Fact]
    public void EarlyStopping_RefusesWrongOptions()
    {
        Assert.Equal("patience", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: -1)).ParamName);
        Assert.Equal("minDelta", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: -0.1)).ParamName);
        Assert.Equal("minDelta", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: double.NaN)).ParamName);
        Assert.Equal("baseline", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(baseline: double.NaN)).ParamName);
        Assert.Equal("startFromEpoch", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(startFromEpoch: -1)).ParamName);
        Assert.Contains("Auto, Min, Max", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(mode: (MonitorMode)7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LambdaCallback_IsCalledInOrder()
    {
        List<string> calls = [];
        Action<FitContext> Note(string name) => context => calls.Add($"{name} {context.Epoch}.{context.Batch}");
        LambdaCallback callback = new(Note("train"), Note("epoch"), Note("batch"), Note("batch end"), Note("epoch end"), Note("train end"), Note("abort"));
        FitOptions options = new() { Epochs = 1, BatchSize = 4, Callbacks = [callback] };
        new Line(1).Fit(FitTests.LineData(8), options);
        Assert.Equal(["train 0.0", "epoch 0.0", "batch 0.0", "batch end 0.0", "batch 0.1", "batch end 0.1", "epoch end 0.1", "train end 0.1"], calls);
        calls.Clear();
        LambdaCallback failing = new(onBatchBegin: _ => throw new IOException("no more"));
        Assert.Throws<IOException>(() => new Line(1).Fit(FitTests.LineData(8), options with { Callbacks = [callback, failing] }));
        Assert.Equal(["train 0.0", "epoch 0.0", "batch 0.0", "abort 0.0"], calls);
    }

    /// <summary>The number of epochs, of 4, that a training takes with a metric that grows by one every epoch.</summary>
    private static int TrainGrowing(Callback callback, string series, MonitorMode direction = MonitorMode.Auto)
    {
        ScriptedMetric metric = new(series.Replace("val_", "", StringComparison.Ordinal), [1, 2, 3, 4, 5]) { Better = direction };
        return new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 4, ValidationSplit = 0.5, Metrics = [metric], Callbacks = [callback] }).Epochs;
    }

    /// <summary>The number of epochs that a training takes whose metric "score", of which less is better, has these values.</summary>
    private static int Train(Callback callback, params double[] scores)
        => new Line(1).Fit(FitTests.LineData(8), new FitOptions { Epochs = scores.Length, Metrics = [new ScriptedMetric("score", scores) { Better = MonitorMode.Min }], Callbacks = [callback] }).Epochs;
}
