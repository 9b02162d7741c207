using NetCompiler.Tests.Training.Callbacks;
using NetCompiler.Tests.Training.Fit;
using NetCompiler.Tests.Training.Search;
using Spectre.Console;
using Xunit;

namespace NetCompiler.Tests.Training.Schedules;

[Collection("console")]
public sealed class LearningRateFinderTests
{
    [Fact]
    public void Search_SuggestsARateThatTrainsWell()
    {
        Line network = new(1);
        Dataset data = FitTests.LineData(128);
        LearningRateSearch search = network.FindLearningRate(data, new FitOptions { Optimizer = new Sgd() }, minimum: 1e-5, maximum: 10, smoothing: 0.9);
        double rate = Assert.NotNull(search.Suggestion);
        Assert.InRange(rate, 1e-3, 1);
        double Loss(double learningRate)
        {
            Line fresh = new(1);
            return fresh.Fit(data, new FitOptions { Epochs = 3, Optimizer = new Sgd(learningRate) }).Last("loss");
        }

        Assert.True(Loss(rate) < Loss(rate / 100) / 2, $"{Loss(rate)} at {rate}, {Loss(rate / 100)} at a hundredth of it");
    }

    [Fact]
    public void Rates_RiseExponentiallyFromMinimumToMaximum()
    {
        LearningRateSearch search = new Line(1).FindLearningRate(FitTests.LineData(64), new FitOptions { Optimizer = new Sgd() }, minimum: 1e-6, maximum: 1e-2, steps: 5);
        Assert.Equal([1e-6, 1e-5, 1e-4, 1e-3, 1e-2], search.Rates.Select(rate => Math.Round(rate, 12)));
        Assert.Equal(5, search.Losses.Count);
        Assert.Equal(search.Losses[0], search.SmoothedLosses[0], 1e-9);
        Assert.Null(search.Suggestion);
    }

    [Fact]
    public void Network_HasItsWeightsAndStatisticsAfterwards()
    {
        Normalized network = new(1);
        Dataset data = TrainedNetworks.Line<Normalized>(64);
        network.Fit(data);
        float[][] before = Values(network);
        network.FindLearningRate(data, new FitOptions { Optimizer = new Adam() });
        Assert.Equal(before, Values(network));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<TrainingCanceledException>(() => network.FindLearningRate(data, cancellationToken: source.Token));
        Assert.Equal(before, Values(network));

        // A further training is the same as without the search.
        Normalized other = new(1);
        other.Fit(data);
        Assert.Equal(other.Fit(data)["loss"], network.Fit(data)["loss"]);
    }

    [Fact]
    public void Divergence_EndsTheSearch()
    {
        Line network = new(1);
        LearningRateSearch search = network.FindLearningRate(FitTests.LineData(128), new FitOptions { Optimizer = new Sgd() }, minimum: 1e-4, maximum: 1e4, smoothing: 0);
        Assert.InRange(search.Rates.Count, 20, 90);
        double lowest = search.SmoothedLosses.Min();
        Assert.True(search.SmoothedLosses[^1] > 4 * lowest);
        Assert.All(search.SmoothedLosses.SkipLast(1), loss => Assert.True(double.IsFinite(loss)));
        LearningRateSearch tolerant = network.FindLearningRate(FitTests.LineData(128), new FitOptions { Optimizer = new Sgd() }, minimum: 1e-4, maximum: 1e4, smoothing: 0, divergence: 1e6);
        Assert.True(tolerant.Rates.Count > search.Rates.Count);

        // A loss that becomes infinite ends it too.
        LearningRateSearch infinite = network.FindLearningRate(FitTests.LineData(128), new FitOptions { Optimizer = new Sgd() }, minimum: 1e-4, maximum: 1e30, steps: 20, smoothing: 0, divergence: double.MaxValue);
        Assert.InRange(infinite.Rates.Count, 1, 19);
    }

    [Fact]
    public void Losses_AreThoseOfATrainingWithTheseRates()
    {
        Dataset data = TrainedNetworks.Line<Normalized>(40);
        FitOptions options = new() { Optimizer = new Sgd { Momentum = 0.5 }, BatchSize = 16, Seed = 3, ValidationSplit = 0.1, Frozen = ["dense2"] };
        LearningRateSearch search = new Normalized(1).FindLearningRate(data, options, minimum: 1e-4, maximum: 1e-1, steps: 7);
        List<double> losses = [];
        LambdaCallback callback = new(
            onBatchBegin: context => context.Optimizer.LearningRate = search.Rates[losses.Count],
            onBatchEnd: context =>
            {
                losses.Add(context.BatchLoss);
                context.StopTraining = losses.Count == search.Rates.Count;
            });
        new Normalized(1).Fit(data, options with { Epochs = 7, Callbacks = [callback] });
        Assert.Equal(7, losses.Count);
        Assert.Equal(losses, search.Losses);
    }

    [Fact]
    public void Progress_TellsOfEveryStepWithTheTimeLeft()
    {
        List<LearningRateProgress> reports = [];
        LearningRateSearch search = new Line(1).FindLearningRate(FitTests.LineData(64), new FitOptions { Optimizer = new Sgd() }, minimum: 1e-6, maximum: 1e-2, steps: 5, progress: new Told<LearningRateProgress>(reports.Add));
        Assert.Equal([0, 1, 2, 3, 4], reports.Select(report => report.Step));
        Assert.All(reports, report => Assert.Equal(5, report.Steps));
        Assert.Equal(search.Rates, reports.Select(report => report.LearningRate));
        Assert.Equal(search.Losses, reports.Select(report => report.Loss));
        Assert.All(reports.SkipLast(1), report => Assert.True(report.Remaining > TimeSpan.Zero));
        Assert.Equal((1, TimeSpan.Zero), (reports[4].Fraction, reports[4].Remaining));
    }

    [Fact]
    public void Cancellation_EndsAfterTheStep()
    {
        using CancellationTokenSource source = new();
        Line network = new(1);
        float[] before = network.Values.ToArray();
        int steps = 0;
        Told<LearningRateProgress> cancel = new(_ =>
        {
            if (++steps == 3)
            {
                source.Cancel();
            }
        });
        Assert.Throws<TrainingCanceledException>(() => network.FindLearningRate(FitTests.LineData(64), progress: cancel, cancellationToken: source.Token));
        Assert.Equal(3, steps);
        Assert.Equal(before, network.Values.ToArray());
    }

    [Fact]
    public void BarWithTheTimeLeft_AppearsWhenPatienceEnds()
    {
        (string quiet, string quietLine) = Show(TimeSpan.FromHours(1));
        (string bar, string line) = Show(TimeSpan.Zero);
        Assert.Equal("", quiet);
        Assert.Contains("finding a learning rate", bar, StringComparison.Ordinal);
        Assert.Matches(EvaluationTests.TimeLeft, bar);
        Assert.Matches("^tried 5 learning rates  [0-9.]+ s  suggestion none\\s*$", line);
        Assert.Matches("^tried 5 learning rates ", quietLine);
    }

    private static (string Bar, string Line) Show(TimeSpan patience)
    {
        StringWriter output = new(), lines = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(TextWriter.Synchronized(output)) });
        using ITraining training = new Line(1).CreateTraining(8);
        using LearningRateRun run = new(training, FitTests.LineData(16), new FitOptions(), [1e-5, 1e-4, 1e-3, 1e-3, 1e-3], 4, 0, null, default);
        new WorkDisplay(console, lines, patience).Run(run);
        return (output.ToString(), lines.ToString());
    }

    [Fact]
    public void Plot_MarksTheSuggestion()
    {
        LearningRateSearch search = new([.. Enumerable.Range(0, 20).Select(i => Math.Pow(10, i - 10))], new double[20], [.. Enumerable.Range(0, 20).Select(i => i < 15 ? 2.0 : 1.0)]);
        Assert.Equal(1e4, search.Suggestion!.Value, 1e-6);
        Assert.Contains("suggestion 1.0e+4", search.ToPlot().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        Line network = new(1);
        Dataset data = FitTests.LineData(8);
        Assert.Equal("minimum", Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(data, minimum: 0)).ParamName);
        Assert.Equal("maximum", Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(data, maximum: 1e-9)).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(data, steps: 1)).ParamName);
        Assert.Equal("divergence", Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(data, divergence: 1)).ParamName);
        Assert.Equal("smoothing", Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(data, smoothing: 1)).ParamName);
        Assert.Equal("verbosity", Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(data, verbosity: (Verbosity)7)).ParamName);
        Queue<int> left = new([1, 2, 3]);
        Dataset once = Dataset.FromStream<Line, int>(Once(), static (item, sample) => sample.FloatInput()[0] = item);
        Assert.Contains("in pass 2: a sequence must be one that can be enumerated again", Assert.Throws<InvalidDataException>(() => network.FindLearningRate(once)).Message, StringComparison.Ordinal);

        IEnumerable<int> Once()
        {
            while (left.TryDequeue(out int item))
            {
                yield return item;
            }
        }
    }

    private static float[][] Values(INetwork network) => [.. network.Weights.Select(weight => weight.ToArray())];
}
