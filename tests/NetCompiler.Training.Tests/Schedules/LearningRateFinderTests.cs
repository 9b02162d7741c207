using NetCompiler.Tests.Training.Callbacks;
using NetCompiler.Tests.Training.Fit;
using Xunit;

namespace NetCompiler.Tests.Training.Schedules;

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
    }

    private static float[][] Values(INetwork network) => [.. network.Weights.Select(weight => weight.ToArray())];
}
