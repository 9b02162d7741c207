using System.Text.RegularExpressions;
using NetCompiler.Tests.Training.Fit.Checkpoints;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Fit;

/// <summary>An evaluation that takes long shows itself, and ends within a batch.</summary>
[Collection("console")]
public sealed partial class EvaluationTests
{
    /// <summary>The column of the time left: dashes until there is a speed.</summary>
    internal const string TimeLeft = "(--|[0-9]{2}):(--|[0-9]{2}):(--|[0-9]{2})";

    [Fact]
    public void Progress_TellsOfEveryBatchWithTheTimeLeft()
    {
        List<EvaluationProgress> reports = [];
        Evaluation evaluation = KindsRun.Network().Evaluate(KindsRun.Data, batchSize: 50, progress: new Reports(reports.Add));
        Assert.Equal([0, 1, 2], reports.Select(report => report.Batch));
        Assert.All(reports, report => Assert.Equal(3, report.Batches));
        Assert.Equal(evaluation.Loss, reports[2].Loss);
        Assert.Equal((1, TimeSpan.Zero), (reports[2].Fraction, reports[2].Remaining));
        Assert.True(reports[0].Remaining > TimeSpan.Zero);
    }

    [Fact]
    public void Cancellation_EndsAfterTheBatch()
    {
        using CancellationTokenSource source = new();
        int batches = 0;
        Reports reports = new(report =>
        {
            batches++;
            source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => KindsRun.Network().Evaluate(KindsRun.Data, batchSize: 10, progress: reports, cancellationToken: source.Token));
        Assert.Equal(1, batches);
    }

    [Fact]
    public void BarAppears_WhenPatienceEnds()
    {
        Assert.Equal("", Show(TimeSpan.FromHours(1)));
        string bar = Show(TimeSpan.Zero);
        Assert.Contains("evaluating", bar, StringComparison.Ordinal);
        Assert.Matches(TimeLeft, bar);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(50)]
    public void Bar_FitsTheConsole(int width)
    {
        string output = Show(TimeSpan.Zero, width);
        string[] drawn = ControlSequence().Replace(output, "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(line => line.Trim().Length > 0).ToArray();
        Assert.NotEmpty(drawn);
        Assert.All(drawn, line => Assert.Matches($"^evaluating.*[0-9]% {TimeLeft} *$", line));
        Assert.All(drawn, line => Assert.InRange(line.Length, 1, width));
    }

    [Fact]
    public void BarWithoutAFreeConsole_IsLeftOut()
    {
        Assert.True(ProgressBarDisplay.TryTakeConsole());
        try
        {
            Assert.Equal("", Show(TimeSpan.Zero));
        }
        finally
        {
            ProgressBarDisplay.GiveConsoleBack();
        }
    }

    [Fact]
    public void Lines_SayTheFigures()
    {
        StringWriter lines = new();
        Run(new WorkDisplay(null, lines, TimeSpan.Zero));
        Assert.Matches("^evaluated 130  [0-9.]+ s  loss [0-9.]+  accuracy [0-9.]+\\s*$", lines.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => KindsRun.Network().Evaluate(KindsRun.Data, verbosity: (Verbosity)7));
    }

    [Fact]
    public void Text_SaysCountLossAndEveryMetric()
    {
        Evaluation regression = new Line(1).Evaluate(FitTests.LineData(30)), classification = KindsRun.Network().Evaluate(KindsRun.Data);
        Dataset words = Dataset.Create<WordKinds>(new float[] { 1 }, new[] { 1, 2, 3, 0, 0 }, new int[5], new float[10]);
        Assert.Matches("^30 samples, loss [0-9]\\.[0-9]{4}, mae [0-9]\\.[0-9]{4}$", regression.ToString());
        Assert.Matches("^130 samples, loss [0-9]\\.[0-9]{4}, accuracy 0\\.[0-9]{4}$", classification.ToString());
        Assert.Matches("^1 sample, loss [0-9]\\.[0-9]{4}, kind_accuracy [01]\\.[0-9]{4}, size_mae [0-9]\\.[0-9]{4}$", new WordKinds(1).Evaluate(words).ToString());
        Assert.Equal("100 samples, loss 1.1086, accuracy 0.3300", new Evaluation(100, 1.10859, new Dictionary<string, double> { ["accuracy"] = 0.33 }).ToString());
        Assert.Equal("2 samples, loss 1.5e-5", new Evaluation(2, 1.5e-5, new Dictionary<string, double>()).ToString());
    }

    [Fact]
    public void LongValidationOfATraining_IsToldOf()
    {
        // Three seconds of validation in batches of half a second; shorter ones are no news.
        List<TrainingProgress> reports = [];
        FitOptions options = new()
        {
            BatchSize = 5,
            ValidationSplit = 0.5,
            Metrics = [new Slow(TimeSpan.FromMilliseconds(500))],
            Progress = new TrainingReports(reports.Add),
        };
        new Line(1).Fit(FitTests.LineData(60), options);
        TrainingProgress[] told = [.. reports.Where(report => report.ValidationBatch > 0)];
        Assert.Equal(6, reports.Count(report => report.ValidationBatch == 0));
        Assert.InRange(told.Length, 2, 6);
        Assert.Equal((6, 6, 5), (told[^1].ValidationBatch, told[^1].ValidationBatches, told[^1].Batch));

        // The validation is a part of the work: it is not over when the last batch is trained.
        Assert.Equal(0.5, reports[5].Fraction, 1e-12);
        Assert.All(reports.SkipLast(1), report => Assert.True(report.Remaining > TimeSpan.Zero, $"{report}"));
        Assert.All(told.SkipLast(1), report => Assert.Equal((6.0 + report.ValidationBatch) / 12, report.Fraction, 1e-12));
        Assert.Equal((1, TimeSpan.Zero), (told[^1].Fraction, told[^1].Remaining));
    }

    [Fact]
    public void ShortValidations_CountInTheFraction()
    {
        List<TrainingProgress> reports = [];
        new Line(1).Fit(FitTests.LineData(60), new FitOptions { Epochs = 2, BatchSize = 15, ValidationSplit = 0.5, Progress = new TrainingReports(reports.Add) });

        // Two batches and a validation of two, twice; a validation that takes less than two seconds is told of at its end.
        Assert.Equal([1 / 8.0, 2 / 8.0, 4 / 8.0, 5 / 8.0, 6 / 8.0, 1], reports.Select(report => report.Fraction));
        Assert.Equal([0, 0, 2, 0, 0, 2], reports.Select(report => report.ValidationBatch));
    }

    [Fact]
    public void ValidationOfUnknownLength_LeavesTheFirstEpochWhole()
    {
        List<TrainingProgress> reports = [];
        Dataset validation = Dataset.FromStream<Line, int>(Enumerable.Range(0, 30), static (item, sample) => sample.FloatInput()[0] = item);
        new Line(1).Fit(FitTests.LineData(30), new FitOptions { Epochs = 2, BatchSize = 15, ValidationData = validation, Progress = new TrainingReports(reports.Add), Optimizer = new Sgd(1e-6) });
        Assert.Equal([0, 0, 4 / 8.0, 5 / 8.0, 6 / 8.0, 1], reports.Select(report => report.Fraction));
        Assert.Equal(TimeSpan.MaxValue, reports[1].Remaining);
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence();

    private static string Show(TimeSpan patience, int width = 120)
    {
        StringWriter output = new();
        TextWriter writer = TextWriter.Synchronized(output);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        Run(new WorkDisplay(console, null, patience));
        return output.ToString();
    }

    private static void Run(WorkDisplay display)
    {
        Kinds network = KindsRun.Network();
        using Kinds.Training training = network.CreateTraining(10);
        Evaluation expected = network.Evaluate(KindsRun.Data, batchSize: 10);
        Evaluation shown = new EvaluationRun(training, new Evaluator(KindsRun.Data, new MetricSet(network), 10), null, default).Run(display);
        Assert.Equal((expected.Count, expected.Loss, expected.Accuracy), (shown.Count, shown.Loss, shown.Accuracy));
    }

    private sealed class Reports(Action<EvaluationProgress> tell) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => tell(value);
    }

    private sealed class TrainingReports(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }

    /// <summary>Takes its time in validation, where batches follow each other without a step.</summary>
    private sealed record Slow(TimeSpan Time) : Metric("slow")
    {
        private int _states;

        // Fit makes the state of training first.
        public override MetricState CreateState() => new State(_states++ == 0 ? TimeSpan.Zero : Time);

        private sealed class State(TimeSpan time) : MetricState
        {
            public override double Value => 0;

            public override void Reset()
            {
            }

            public override void Add(in MetricBatch batch) => Thread.Sleep(time);
        }
    }
}
