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
    [InlineData("stop_loss", false)]
    [InlineData("accuracy_loss", false)]
    [InlineData("topology", false)]
    [InlineData("val_mae", false)]
    [InlineData("val_accuracy", true)]
    [InlineData("f1", true)]
    [InlineData("top5", true)]
    [InlineData("digit_top3", true)]
    public void EarlyStopping_KnowsByTheMetricsNameWhatIsBetter(string name, bool larger)
    {
        // A metric that grows by one every epoch.
        string metric = name.Replace("val_", "", StringComparison.Ordinal);
        EarlyStopping stopping = new(name, patience: 1);
        History history = new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 4, ValidationSplit = 0.5, Metrics = [new Growing(metric)], Callbacks = [stopping] });
        Assert.Equal(larger ? 4 : 2, history.Epochs);
    }

    [Fact]
    public void CsvLogger_WritesOneLinePerEpoch()
    {
        string path = Path.GetTempFileName();
        try
        {
            History history = new Line(1).Fit(FitTests.LineData(64), new FitOptions { Epochs = 2, Callbacks = [new CsvLogger(path)] });
            CsvTable table = CsvTable.Read(path);
            Assert.Equal([0, 1], table["epoch"].ToIntegers());
            Assert.Equal(history["loss"].Select(value => (float)value), table["loss"].ToFloats());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed record Growing(string Title) : Metric(Title)
    {
        public override MetricState CreateState() => new State();

        private sealed class State : MetricState
        {
            private int _passes;

            public override double Value => _passes;

            public override void Reset() => _passes++;

            public override void Add(in MetricBatch batch)
            {
            }
        }
    }
}
