using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

[Collection("console")]
public sealed class FitTests
{
    [Fact]
    public void Line_FindsItsWeights()
    {
        Line network = new(1);
        History history = network.Fit(LineData(256), new FitOptions { Epochs = 60, Optimizer = new Adam(0.05), ValidationSplit = 0.25 });
        Assert.Equal(["loss", "mae", "val_loss", "val_mae"], history.Names);
        Assert.Equal(60, history.Epochs);
        Assert.True(history.Last("val_loss") < 1e-4, $"val_loss {history.Last("val_loss")}");
        Assert.Equal(2f, network.Weights[0][0, 0], 0.02f);
        Assert.Equal(-3f, network.Weights[0][1, 0], 0.02f);
        Assert.Equal(0.5f, network.Weights[1][0], 0.02f);
    }

    [Fact]
    public void Flowers_AreClassified()
    {
        Flowers network = new(1);
        Dataset data = FlowerData(300);
        History history = network.Fit(data, new FitOptions { Epochs = 30, Optimizer = new Sgd(0.5) });
        Evaluation evaluation = network.Evaluate(data, batchSize: 7);
        Assert.True(evaluation.Accuracy > 0.97, $"accuracy {evaluation.Accuracy}");
        Assert.Equal(evaluation.Loss, network.Evaluate(data, batchSize: 300).Loss, 1e-5);
        Assert.Equal(["loss", "accuracy"], history.Names);
    }

    [Fact]
    public void SameSeed_GivesTheSameBits()
    {
        float[] Train(int seed)
        {
            Line network = new(1);
            network.Fit(LineData(100), new FitOptions { Epochs = 3, Seed = seed });
            return network.Values.ToArray();
        }

        Assert.Equal(Train(5), Train(5));
        Assert.NotEqual(Train(5), Train(6));
    }

    [Fact]
    public void TrainingLoop_AllocatesNothingPerBatch()
    {
        Line network = new(1);
        Dataset data = LineData(4000).WithSampleWeights(Enumerable.Repeat(1f, 4000).ToArray());
        Allocations measured = new();
        network.Fit(data, new FitOptions { Epochs = 2, BatchSize = 4, Callbacks = [measured] });
        Assert.Equal(0, measured.Bytes);
    }

    [Fact]
    public void ClassWeights_MoveTheDecision()
    {
        Dataset data = Dataset.Create<Flowers>(new float[400], Enumerable.Range(0, 100).Select(i => i % 2).ToArray());
        Flowers network = new();
        network.Fit(data, new FitOptions { Epochs = 50, BatchSize = 100, Optimizer = new Sgd(1), ClassWeights = new Dictionary<int, double> { [1] = 3 } });
        float[] output = new float[3];
        network.Forward(new float[4], output);
        Assert.Equal(3, output[1] / output[0], 0.05);
        string message = Assert.Throws<ArgumentException>(() => network.Fit(data, new FitOptions { ClassWeights = new Dictionary<int, double> { [3] = 1 } })).Message;
        Assert.Contains("of class 3 does not fit: classes are 0 to 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SampleWeightsOfTrainingData_DoNotLeakIntoValidation()
    {
        Line network = new(1);
        Dataset train = LineData(8).WithSampleWeights(Enumerable.Repeat(100f, 8).ToArray()), validation = LineData(8);
        History history = network.Fit(train, new FitOptions { ValidationData = validation, Optimizer = new Sgd(0) });
        Assert.Equal(network.Evaluate(validation).Loss, history.Last("val_loss"), 1e-5);
        Assert.Equal(100, history.Last("loss") / history.Last("val_loss"), 0.01);
    }

    [Fact]
    public void Settings_ReachTheLosses()
    {
        Line network = new(1);
        Dataset data = LineData(8);
        double plain = network.Evaluate(data).Loss, penalised = network.Evaluate(data, settings: new Dictionary<string, double> { ["penalty"] = 10 }).Loss;
        Assert.True(penalised > plain);
        string message = Assert.Throws<ArgumentException>(() => network.Fit(data, new FitOptions { Settings = new Dictionary<string, double> { ["lambda"] = 1 } })).Message;
        Assert.Contains("have no setting \"lambda\"; they have Penalty", message, StringComparison.Ordinal);
    }

    [Fact]
    public void FrozenLayers_Stay()
    {
        Line network = new(1);
        float[] before = network.Values.ToArray();
        network.Fit(LineData(32), new FitOptions { Frozen = ["dense1"] });
        Assert.Equal(before, network.Values.ToArray());
        Assert.Throws<ArgumentException>(() => network.Fit(LineData(32), new FitOptions { Frozen = ["dense7"] }));
    }

    [Fact]
    public void Cancellation_StopsBetweenStepsAndKeepsTheHistory()
    {
        using CancellationTokenSource source = new();
        Line network = new(1);
        CancelAt cancel = new(source, epoch: 1, batch: 2);
        TrainingCanceledException exception = Assert.Throws<TrainingCanceledException>(() => network.Fit(LineData(320), new FitOptions { Epochs = 5, Callbacks = [cancel] }, source.Token));
        Assert.Equal(1, exception.History.Epochs);
        Assert.Equal(13, cancel.Steps);
        Assert.Equal(cancel.Weights, network.Values.ToArray());
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task FitAsync_IsCanceledWithItsHistory()
    {
        using CancellationTokenSource source = new();
        Task<History> task = new Line().FitAsync(LineData(64), new FitOptions { Epochs = 1_000_000, Callbacks = [new CancelAt(source, epoch: 3, batch: 0)] }, source.Token);
        TrainingCanceledException exception = await Assert.ThrowsAsync<TrainingCanceledException>(() => task);
        Assert.Equal(3, exception.History.Epochs);
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public void NonFiniteLoss_NamesEpochAndStep()
    {
        Dataset data = Dataset.Create<Line>(new float[] { 1e30f, 1e30f }, new float[] { 1 });
        NonFiniteLossException exception = Assert.Throws<NonFiniteLossException>(() => new Line(1).Fit(data));
        Assert.Contains("in epoch 1, batch 1 (step 1)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BadOptions_ChangeNothing()
    {
        Line network = new(1);
        float[] before = network.Values.ToArray();
        Dataset data = LineData(8);
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(data, new FitOptions { BatchSize = 0 })).Message;
        Assert.Contains("BatchSize ('0') must be greater than or equal to '1'", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(data, new FitOptions { Epochs = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(data, new FitOptions { ValidationSplit = 1 }));
        Assert.Throws<ArgumentException>(() => network.Fit(data, new FitOptions { ValidationSplit = 0.5, ValidationData = data }));
        Assert.Throws<ArgumentException>(() => network.Fit(data.Slice(0, 0)));
        Assert.Throws<ArgumentException>(() => network.Fit(data, new FitOptions { Metrics = [new Accuracy { Output = 1 }] }));
        Assert.Contains("made for another network than Line", Assert.Throws<ArgumentException>(() => network.Fit(FlowerData(3))).Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Values.ToArray());
    }

    [Fact]
    public void Nulls_AreNamed()
    {
        Line network = new(1);
        float[] before = network.Values.ToArray();
        Assert.Equal("Callbacks", Assert.Throws<ArgumentNullException>(() => new FitOptions { Callbacks = null! }).ParamName);
        Assert.Equal("Transforms", Assert.Throws<ArgumentNullException>(() => new FitOptions { Transforms = null! }).ParamName);
        Assert.Equal("Frozen", Assert.Throws<ArgumentNullException>(() => new FitOptions { Frozen = null! }).ParamName);
        string Refuse(FitOptions options) => Assert.Throws<ArgumentException>(() => network.Fit(LineData(8), options)).Message;
        Assert.Contains("Callbacks[1] is null.", Refuse(new FitOptions { Callbacks = [new EarlyStopping("loss"), null!] }), StringComparison.Ordinal);
        Assert.Contains("Metrics[0] is null.", Refuse(new FitOptions { Metrics = [null!] }), StringComparison.Ordinal);
        Assert.Contains("Transforms[0] is null.", Refuse(new FitOptions { Transforms = [null!] }), StringComparison.Ordinal);
        Assert.Contains("Frozen[0] is null.", Refuse(new FitOptions { Frozen = [null!] }), StringComparison.Ordinal);
        Assert.Contains("metrics[0] is null.", Assert.Throws<ArgumentException>(() => network.Evaluate(LineData(8), metrics: [null!])).Message, StringComparison.Ordinal);
        using ITraining training = network.CreateTraining(8);
        Assert.Contains("transforms[0] is null.", Assert.Throws<ArgumentException>(() => LineData(8).Batches(training, 1, 0, transforms: [null!])).Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Values.ToArray());
    }

    [Theory]
    [InlineData("loss", 0, false)]
    [InlineData("val_loss", 0.5, false)]
    [InlineData("val_mae", 0.5, false)]
    [InlineData("learning_rate", 0, true)]
    public void MetricsNamedAsAnotherSeries_AreRefused(string name, double split, bool hasSchedule)
    {
        Line network = new(1);
        float[] before = network.Values.ToArray();
        FitOptions options = new() { Metrics = [new MeanAbsoluteError(), new RootMeanSquaredError(name)], ValidationSplit = split, Schedule = hasSchedule ? new ConstantSchedule(0.1) : null };
        string message = Assert.Throws<ArgumentException>(() => network.Fit(LineData(8), options)).Message;
        Assert.Contains($"A metric has the name of another series, \"{name}\", and needs one of its own; there are loss, mae, {name}", message, StringComparison.Ordinal);
        Assert.Equal(before, network.Values.ToArray());

        // Where there is no such series, it is a name as others.
        if (name != "loss")
        {
            Assert.Equal(["loss", "mae", name], network.Fit(LineData(8), options with { ValidationSplit = 0, Schedule = null }).Names);
        }
    }

    [Fact]
    public void HistoryWithoutAnEpoch_SaysSo()
        => Assert.Contains("no series \"loss\"; it has none, as no epoch was completed.", Assert.Throws<KeyNotFoundException>(() => new History().Last("loss")).Message, StringComparison.Ordinal);

    [Fact]
    public void HistorysText_SaysEpochsAndTheLastValueOfEverySeries()
    {
        History history = new();
        Assert.Equal("0 epochs", history.ToString());
        history.Add("loss", 2);
        history.Add("accuracy", 0.25);
        history.CompleteEpoch();
        Assert.Equal("1 epoch, loss 2.0000, accuracy 0.2500", history.ToString());
        history.Add("loss", 1.5e-5);
        history.Add("accuracy", 0.96119);
        history.CompleteEpoch();
        CultureInfo before = CultureInfo.CurrentCulture, commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = commas;
        try
        {
            Assert.Equal("2 epochs, loss 1.5e-5, accuracy 0.9612", history.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Options_SayTheirDefaults()
    {
        FitOptions defaults = new();
        Dictionary<string, string> summaries = XDocument.Load(Path.ChangeExtension(typeof(FitOptions).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.ToString() ?? "");
        foreach (PropertyInfo property in typeof(FitOptions).GetProperties())
        {
            string? expected = property.GetValue(defaults) switch
            {
                null => null,
                bool value => value ? "true" : "false",
                Enum value => $"<see cref=\"F:{value.GetType().FullName}.{value}\" />",
                IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
                _ => "none",
            };
            if (expected is not null)
            {
                Assert.Contains($"Default: {expected}.", summaries[$"P:{typeof(FitOptions).FullName}.{property.Name}"], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void NetworkThatIsTrained_CannotBeTrainedASecondTimeMeanwhile()
    {
        Line network = new(1), other = new(1);
        Dataset data = LineData(8);
        List<string> messages = [];
        LambdaCallback inside = new(onBatchEnd: _ =>
        {
            messages.Add(Assert.Throws<InvalidOperationException>(() => network.Fit(data)).Message);
            messages.Add(Assert.Throws<InvalidOperationException>(() => network.FindLearningRate(data)).Message);
            Thread thread = new(() => messages.Add(Record.Exception(() => network.Fit(data))?.Message ?? "none"));
            thread.Start();
            thread.Join();
            other.Fit(data);
            network.Evaluate(data);
        });
        network.Fit(data, new FitOptions { Callbacks = [inside] });
        Assert.Equal(3, messages.Count);
        Assert.All(messages, message => Assert.StartsWith("Line is being trained already", message, StringComparison.Ordinal));

        // Also after one that failed.
        Assert.Throws<FormatException>(() => network.Fit(data, new FitOptions { Callbacks = [new LambdaCallback(onTrainBegin: _ => throw new FormatException())] }));
        Assert.Equal(1, network.Fit(data).Epochs);
    }

    [Fact]
    public void MetricsOfSingleOutputs_AreRefusedForClassesBeforeTraining()
    {
        Flowers network = new(1);
        float[] before = network.Values.ToArray();
        Metric[] metrics = [new BinaryAccuracy(), new Precision(), new Auc(), new MeanAbsoluteError(), new RSquared()];
        foreach (Metric metric in metrics)
        {
            string message = Assert.Throws<ArgumentException>(() => network.Fit(FlowerData(30), new FitOptions { Metrics = [metric] })).Message;
            Assert.Contains($"The metric {metric.Name} ({metric.GetType().Name}) judges single outputs, but target \"target\" holds 3 classes for rows of 3 values of output \"output\"", message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => network.Evaluate(FlowerData(30), metrics: [metric]));
        }

        Assert.Equal(before, network.Values.ToArray());
    }

    [Fact]
    public void MetricsOfTheLargestOutput_AreRefusedForSingleOutputs()
    {
        Line network = new(1);
        foreach (Metric metric in new Metric[] { new Accuracy(), new TopK(2) })
        {
            string expected = $"The metric {metric.Name} ({metric.GetType().Name}) looks for the largest of several outputs, but output \"output\" of Line has rows of 1 value: for a yes or no take BinaryAccuracy, for a number MeanAbsoluteError or RSquared.";
            Assert.Equal(expected, Assert.Throws<ArgumentException>(() => network.Fit(LineData(30), new FitOptions { Metrics = [metric] })).Message);
            Assert.Equal(expected, Assert.Throws<ArgumentException>(() => network.Evaluate(LineData(30), metrics: [metric])).Message);
            Assert.Contains("rows of 1 output, which always is the largest", Assert.Throws<ArgumentException>(() => metric.Compute(new MetricBatch([1f, 2f], [0f, 1f], 1))).Message, StringComparison.Ordinal);
        }

        // A classifier of a single class is not refused for what it did not ask for.
        Assert.Equal(0, new MetricSet(new Lone(1)).Count);
    }

    [Theory]
    [InlineData(Verbosity.Lines, "epoch 2/2")]
    [InlineData(Verbosity.ProgressBar, "epoch 2/2")]
    [InlineData(Verbosity.Silent, "")]
    [InlineData(Verbosity.Auto, "")]
    public void Verbosity_DecidesWhatIsWritten(Verbosity verbosity, string expected)
    {
        StringWriter output = new();
        new Line(1).Fit(LineData(64), new FitOptions { Epochs = 2, ValidationSplit = 0.5, Verbosity = verbosity, Output = output });
        if (expected.Length == 0)
        {
            Assert.Equal("", output.ToString());
        }
        else
        {
            Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
            Assert.Contains("val_loss ", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ProgressBar_ShowsLossMetricsAndTimeOnAnInteractiveConsole()
    {
        StringWriter output = new();
        IAnsiConsole before = AnsiConsole.Console;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        try
        {
            AnsiConsole.Profile.Width = 120;
            new Line(1).Fit(LineData(64), new FitOptions { Epochs = 2, ValidationSplit = 0.5, Verbosity = Verbosity.ProgressBar });
            using CancellationTokenSource source = new();
            FitOptions canceled = new() { Epochs = 9, Verbosity = Verbosity.ProgressBar, Callbacks = [new CancelAt(source, epoch: 1, batch: 0)] };
            Assert.Throws<TrainingCanceledException>(() => new Line(1).Fit(LineData(64), canceled, source.Token));

            // The console is given back, whatever fails.
            FitOptions failing = canceled with { Callbacks = [new LambdaCallback(onBatchEnd: _ => throw new FormatException(), onTrainAbort: _ => throw new IOException())] };
            Assert.Throws<FormatException>(() => new Line(1).Fit(LineData(64), failing));
            Assert.True(ProgressBarDisplay.TryTakeConsole());
            ProgressBarDisplay.GiveConsoleBack();
        }
        finally
        {
            AnsiConsole.Console = before;
        }

        Assert.Matches("epoch 2/2  loss [0-9.]+  mae [0-9.]+", output.ToString());
        Assert.Contains("100%", output.ToString(), StringComparison.Ordinal);
        Assert.Matches("(?s)100%.*" + EvaluationTests.TimeLeft, output.ToString());
        Assert.Contains("val_loss ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_AndStopTraining_FollowTheBatches()
    {
        Reports reports = new();
        History history = new Line(1).Fit(LineData(96), new FitOptions { Epochs = 9, Progress = reports, Callbacks = [new StopAt(epoch: 1)] });
        Assert.Equal(2, history.Epochs);
        Assert.Equal(4, reports.All.Count);
        Assert.Equal((1, 0, 3), (reports.All[3].Epoch, reports.All[3].Batch, reports.All[3].Batches));
        Assert.Equal("mae", reports.All[3].MetricName);
        Assert.Equal(4.0 / 27, reports.All[3].Fraction, 1e-9);
    }

    internal static Dataset LineData(int count)
    {
        Random random = new(7);
        float[] x = [.. Enumerable.Range(0, 2 * count).Select(_ => (random.NextSingle() * 2) - 1)];
        return Dataset.Create<Line>(x, Enumerable.Range(0, count).Select(i => (2 * x[2 * i]) - (3 * x[(2 * i) + 1]) + 0.5f).ToArray());
    }

    private static Dataset FlowerData(int count)
    {
        Random random = new(7);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        float[] x = [.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(i => (i == label ? 2f : 0f) + (random.NextSingle() * 0.8f)))];
        return Dataset.Create<Flowers>(x, labels);
    }

    private sealed class Allocations : Callback
    {
        private long _before;

        public long Bytes { get; private set; }

        public override void OnBatchEnd(FitContext context)
        {
            if (context.Epoch == 1 && context.Batch == 10)
            {
                _before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (context.Epoch == 1 && context.Batch == context.Batches - 1)
            {
                Bytes = GC.GetAllocatedBytesForCurrentThread() - _before;
            }
        }
    }

    private sealed class CancelAt(CancellationTokenSource source, int epoch, int batch) : Callback
    {
        public float[] Weights { get; private set; } = [];

        public long Steps { get; private set; }

        public override void OnBatchEnd(FitContext context)
        {
            Weights = ((HandwrittenNetwork)context.Network).Values.ToArray();
            Steps = context.Optimizer.Steps;
            if (context.Epoch == epoch && context.Batch == batch)
            {
                source.Cancel();
            }
        }
    }

    private sealed class StopAt(int epoch) : Callback
    {
        public override void OnBatchEnd(FitContext context) => context.StopTraining |= context.Epoch == epoch;
    }

    private sealed class Reports : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }
}
