using NetCompiler.Tests.Training.Callbacks;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>The learning rate in the history, as Keras's LearningRateScheduler and ReduceLROnPlateau put it into the logs.</summary>
public sealed class LearningRateSeriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rate_IsASeriesWhereSomethingSetsIt()
    {
        Assert.DoesNotContain("learning_rate", Train(new FitOptions()).Names);
        History scheduled = Train(new FitOptions { Callbacks = [new LearningRateScheduler((epoch, _) => 0.1 / (epoch + 1))], ValidationSplit = 0.5 });
        Assert.Equal(["loss", "mae", "val_loss", "val_mae", "learning_rate"], scheduled.Names);
        Assert.Equal([0.1, 0.05, 0.1 / 3], scheduled["learning_rate"]);

        // A callback of the user's says so itself.
        Assert.Equal([0.5, 0.5, 0.5], Train(new FitOptions { Callbacks = [new Constant(0.5)] })["learning_rate"]);
        Assert.Throws<ArgumentException>(() => Train(new FitOptions { Schedule = new ConstantSchedule(1e-3), Callbacks = [new Constant(0.5)] }));
    }

    [Fact]
    public void ScheduleByStep_GivesTheRateOfTheLastStep()
    {
        List<double> last = [];
        LambdaCallback keep = new(onBatchEnd: context =>
        {
            if (context.Batch == context.Batches - 1)
            {
                last.Add(context.Optimizer.LearningRate);
            }
        });
        History history = Train(new FitOptions { Schedule = new ExponentialSchedule(0.1, 0.5, 4), Callbacks = [keep] });
        Assert.Equal(3, last.Distinct().Count());
        Assert.Equal(last, history["learning_rate"]);
    }

    [Fact]
    public void Reduction_ShowsInTheNextEpoch()
    {
        ReduceLearningRateOnPlateau reduce = new("score", factor: 0.5, patience: 1, mode: MonitorMode.Min);
        FitOptions options = new() { Optimizer = new Sgd(0.1), Metrics = [new ScriptedMetric("score", [1, 1, 1])], Callbacks = [reduce] };
        Assert.Equal([0.1, 0.1, 0.05], Train(options)["learning_rate"]);
    }

    [Fact]
    public void Rate_ReachesLogPathsAndReport()
    {
        Slope network = new(1);
        History history = network.Fit(TrainedNetworks.Line<Slope>(32), new FitOptions
        {
            Epochs = 2,
            Callbacks =
            [
                new LearningRateScheduler((epoch, _) => epoch == 0 ? 0.25 : 0.125),
                new CsvLogger(_folder["log.csv"]),
                new ModelCheckpoint(_folder["{learning_rate:0.000}.safetensors"]),
                new HtmlReport(_folder["report.html"]),
            ],
        });
        CsvTable table = CsvTable.Read(_folder["log.csv"]);
        Assert.Equal([0.25f, 0.125f], table["learning_rate"].ToFloats());
        Assert.True(File.Exists(_folder["0.250.safetensors"]));
        Assert.True(File.Exists(_folder["0.125.safetensors"]));
        Assert.Equal([0.25, 0.125], history["learning_rate"]);
        string report = File.ReadAllText(_folder["report.html"]);
        Assert.Contains("<title>learning_rate</title>", report, StringComparison.Ordinal);
    }

    [Fact]
    public void ResumedTraining_GoesOnWithTheSeries()
    {
        string checkpoint = _folder["run.checkpoint"], log = _folder["log.csv"];
        FitOptions Options(int epochs, params Callback[] callbacks) => new()
        {
            Epochs = epochs,
            Callbacks = [new BackupAndRestore(checkpoint, deleteCheckpoint: false), new CsvLogger(log), .. callbacks],
        };

        Dataset data = TrainedNetworks.Line<Slope>(32);
        new Slope(1).Fit(data, Options(2, new LearningRateScheduler(epoch => 0.1 / (epoch + 1))));
        History resumed = new Slope(1).Fit(data, Options(4, new LearningRateScheduler(epoch => 0.1 / (epoch + 1))));
        Assert.Equal([0.1, 0.05, 0.1 / 3, 0.025], resumed["learning_rate"]);
        Assert.Equal([0.1f, 0.05f, 0.1f / 3, 0.025f], CsvTable.Read(log)["learning_rate"].ToFloats());
    }

    [Fact]
    public void SchedulerThatComesOrGoesBetweenTwoRuns_LeavesTheSeriesWhole()
    {
        string checkpoint = _folder["run.checkpoint"];
        FitOptions Options(int epochs, params Callback[] callbacks) => new() { Epochs = epochs, Callbacks = [new BackupAndRestore(checkpoint, deleteCheckpoint: false), .. callbacks] };
        Dataset data = TrainedNetworks.Line<Slope>(32);
        new Slope(1).Fit(data, Options(1));
        History added = new Slope(1).Fit(data, Options(2, new LearningRateScheduler(_ => 0.5)));
        Assert.Equal([double.NaN, 0.5], added["learning_rate"]);

        // The rate stays as it was set.
        CsvLogger logger = new(_folder["log.csv"]);
        History removed = new Slope(1).Fit(data, Options(3, logger));
        Assert.Equal([double.NaN, 0.5, 0.5], removed["learning_rate"]);
        Assert.Equal(["epoch,loss,mae", "2"], File.ReadAllLines(_folder["log.csv"]).Select((line, i) => i == 0 ? line : line.Split(',')[0]));
    }

    private static History Train(FitOptions options) => new Slope(1).Fit(TrainedNetworks.Line<Slope>(32), options with { Epochs = 3, BatchSize = 4 });

    private sealed class Constant(double rate) : Callback
    {
        public override bool SetsLearningRate => true;

        public override void OnBatchBegin(FitContext context) => context.Optimizer.LearningRate = rate;
    }
}
