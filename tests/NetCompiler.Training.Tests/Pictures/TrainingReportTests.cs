using System.Globalization;
using System.Text.RegularExpressions;
using NetCompiler.Tests.Training.Callbacks;
using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

public sealed class TrainingReportTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private readonly Line _network = new(1);

    [Fact]
    public void Report_HasResultsCurvesNetworkSettingsAndEnvironment()
    {
        FitOptions options = new() { Epochs = 4, ValidationSplit = 0.25, Optimizer = new Adam(0.05), Schedule = new ExponentialSchedule(0.05, 10, 0.5), Verbosity = Verbosity.Silent };
        History history = _network.Fit(FitTests.LineData(64), options);
        string page = TrainingReport.ToHtml(history, _network, options, [PictureGallery.All["roc"]()], Noon);
        Assert.Contains("Training complete: 4 of 4 epochs, ", page, StringComparison.Ordinal);
        Assert.Contains("Written 2024-05-17 12:00 UTC.", page, StringComparison.Ordinal);
        Assert.Contains($"<td>val_loss</td><td>{history.Last("val_loss").ToString("G5", CultureInfo.InvariantCulture)}</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>optimizer</td><td>Adam: LearningRate = 0.05, Beta1 = 0.9", page, StringComparison.Ordinal);
        Assert.Contains("<td>schedule</td><td>ExponentialSchedule: ", page, StringComparison.Ordinal);
        Assert.Contains("<td>validation</td><td>the last 25 % of the data</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>dense1</td><td>Dense</td><td>(1)</td>", page, StringComparison.Ordinal);
        Assert.Contains("3 parameters. Loss: MeanSquaredError.", page, StringComparison.Ordinal);
        Assert.Contains($"<td>cores</td><td>{Environment.ProcessorCount}</td>", page, StringComparison.Ordinal);

        // Curves of loss, mae and the rate that the schedule sets, the picture given, and the network.
        Assert.Equal(5, Regex.Count(page, "</svg>\n</figure>|</svg>\n</details>"));
    }

    [Fact]
    public void Report_ShowsTheNumbersOfSchedulesAndOfEachTransform()
    {
        FitOptions options = new()
        {
            Schedule = new WarmupSchedule(5, new PiecewiseSchedule([20, 40], [0.1, 0.01, 0.001])),
            Transforms = [new ImageAugmentation { HorizontalFlip = true, Crop = 0.125 }, new ImageAugmentation { Noise = 0.5, Fill = ImageFill.Edge }],
        };
        string page = TrainingReport.ToHtml(new History(), _network, options, written: Noon);
        Assert.Contains("Length = 5, Then = PiecewiseSchedule { Unit = Steps, Boundaries = [20, 40], Values = [0.1, 0.01, 0.001] }, Start = 0</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>augmentation</td><td>ImageAugmentation: HorizontalFlip = True, VerticalShift = 0, ", page, StringComparison.Ordinal);
        Assert.Contains("Crop = 0.125, Noise = 0, Fill = Zero</td>", page, StringComparison.Ordinal);
        Assert.Contains("Crop = 0, Noise = 0.5, Fill = Edge</td>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MonitorMode.Max, "<td>3</td><td>2</td>")]
    [InlineData(MonitorMode.Min, "<td>1</td><td>1</td>")]
    [InlineData(MonitorMode.Auto, "<td></td><td></td>")]
    public void BestValue_IsWhatTheMetricSaysOrLeftOpen(MonitorMode direction, string best)
    {
        History history = new();
        foreach (double value in new[] { 1.0, 3, 2 })
        {
            history.Add("score", value);
            history.Add("val_score", value);
            history.CompleteEpoch();
        }

        string page = TrainingReport.ToHtml(history, _network, new FitOptions { Metrics = [new ScriptedMetric("score", [0]) { Better = direction }] }, written: Noon);
        Assert.Contains($"<td>score</td><td>2</td>{best}</tr>", page, StringComparison.Ordinal);
        Assert.Contains($"<td>val_score</td><td>2</td>{best}</tr>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_AsksForNothingOutsideItself()
    {
        string page = Report(_network);
        Assert.DoesNotMatch("(?i)<(script|link|iframe|img|base)|@import|url\\((?!#)|(src|href)=\"(?!data:)", page);
        Assert.DoesNotContain(Regex.Matches(page, "https?://[^\"]*").Select(match => match.Value), address => address != "http://www.w3.org/2000/svg");
        Assert.Contains("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">", page, StringComparison.Ordinal);
        Assert.Contains("@media (prefers-color-scheme:dark){:root", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_AreEscaped()
    {
        string page = Report(new Hostile());
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>&lt;b&gt;Net &amp; co: training report</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_IsTheSameInEveryCulture()
    {
        History history = new();
        history.Add("loss", 0.5);
        history.CompleteEpoch();
        FitOptions options = new() { Optimizer = new Sgd(0.25), ValidationSplit = 0.125 };
        string page = TrainingReport.ToHtml(history, _network, options, written: Noon);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(page, TrainingReport.ToHtml(history, _network, options, written: Noon));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Report_NamesNoFileAndNoMachine()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Callbacks = [new CsvLogger(folder["log.csv"]), new HtmlReport(folder["report.html"])], Verbosity = Verbosity.Silent };
        _network.Fit(FitTests.LineData(8), options);
        string page = File.ReadAllText(folder["report.html"]);
        Assert.Contains("<td>callbacks</td><td>CsvLogger, HtmlReport</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Root, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/'), page, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["log.csv", "report.html"], Directory.GetFiles(folder.Root).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public void Callback_WritesAReportOfWhatWasReached_AfterAnAbort()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource source = new();
        LambdaCallback cancel = new(onEpochEnd: context =>
        {
            if (context.Epoch == 1)
            {
                source.Cancel();
            }
        });
        FitOptions options = new() { Epochs = 5, Callbacks = [cancel, new HtmlReport(folder["report.html"])], Verbosity = Verbosity.Silent };
        Assert.Throws<TrainingCanceledException>(() => _network.Fit(FitTests.LineData(64), options, source.Token));
        string page = File.ReadAllText(folder["report.html"]);
        Assert.Contains("Training aborted: 2 of 5 epochs, ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2 of 5 epochs, 0 ms", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Callback_SaysThatTrainingWasStopped()
    {
        using TemporaryFolder folder = new();
        LambdaCallback stop = new(onEpochEnd: context => context.StopTraining = true);
        _network.Fit(FitTests.LineData(64), new FitOptions { Epochs = 3, Callbacks = [stop, new HtmlReport(folder["report.html"])], Verbosity = Verbosity.Silent });
        Assert.Contains("Training stopped: 1 of 3 epochs, ", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatCannotBeWritten_IsFoundOutBeforeTraining()
    {
        using TemporaryFolder folder = new();
        int steps = 0;
        FitOptions options = new()
        {
            Callbacks = [new HtmlReport(Path.Combine(folder.Root, "missing", "report.html")), new LambdaCallback(onBatchEnd: _ => steps++)],
            Verbosity = Verbosity.Silent,
        };
        Assert.ThrowsAny<IOException>(() => _network.Fit(FitTests.LineData(64), options));
        Assert.Equal(0, steps);
    }

    [Fact]
    public void AbortThatCannotBeReported_KeepsItsReason()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(Directory.CreateDirectory(folder["inner"]).FullName, "report.html");
        HtmlReport report = new(path);
        LambdaCallback fail = new(onEpochEnd: _ =>
        {
            Directory.Delete(folder["inner"], recursive: true);
            throw new InvalidOperationException("the reason");
        });
        FitOptions options = new() { Callbacks = [fail, report], Verbosity = Verbosity.Silent };
        Assert.Equal("the reason", Assert.Throws<InvalidOperationException>(() => _network.Fit(FitTests.LineData(64), options)).Message);
        Assert.IsAssignableFrom<IOException>(report.Failure);
    }

    [Fact]
    public void TrainingWithoutAnEpoch_HasNoCurves()
    {
        string page = TrainingReport.ToHtml(new History(), _network, new FitOptions { Epochs = 3 }, written: Noon);
        Assert.Contains("Training ended early: 0 of 3 epochs, 0 ms.", page, StringComparison.Ordinal);
        Assert.Contains("<p>No epoch was completed.</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Curves</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void RepeatedLayer_IsCountedOnce()
    {
        NetworkDescription shared = Shared();
        Assert.Equal(1, Regex.Count(shared.ToSvg(), "12 parameters"));
        Assert.Equal(1, Regex.Count(shared.ToSvg(), "shared parameters"));
        Assert.Equal(1, Regex.Count(shared.ToMermaid(), "12 parameters"));
        Assert.Equal(1, Regex.Count(shared.ToMermaid(), "shared parameters"));
    }

    private static NetworkDescription Shared()
    {
        WeightDescription kernel = new("dense1.kernel", [3, 4], Initializer.GlorotUniform);
        return new NetworkDescription
        {
            Name = "Twins",
            Inputs = [new InputDescription("a", [3]), new InputDescription("b", [3])],
            Layers = [new LayerDescription("dense1", "Dense", [0], [4]) { Weights = [kernel] }, new LayerDescription("dense1", "Dense", [1], [4]) { Weights = [kernel] }],
            Outputs = [new OutputDescription("x", 2, [4]), new OutputDescription("y", 3, [4])],
            ParameterCount = 12,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
    }

    private static string Report(INetwork network)
    {
        History history = new();
        history.Add("loss", 0.5);
        history.Add("val_loss", 0.75);
        history.CompleteEpoch();
        return TrainingReport.ToHtml(history, network, written: Noon);
    }

    private sealed class Hostile() : HandwrittenNetwork(Hostile.Odd, 1)
    {
        private static NetworkDescription Odd { get; } = new()
        {
            Name = "<b>Net & co",
            Inputs = [new InputDescription("input", [2])],
            Layers = [new LayerDescription("<script>alert(1)</script>", "Dense", [0], [1])],
            Outputs = [new OutputDescription("output", 1, [1])],
            ParameterCount = 3,
            StatisticsCount = 0,
            ArchitectureHash = "",
        };
    }
}
