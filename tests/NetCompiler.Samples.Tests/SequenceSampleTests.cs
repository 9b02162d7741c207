using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Words, sounds, series and characters: short forms, or the full trainings with NETCOMPILER_LONG=1, which reach what is asked of them.</summary>
public class SequenceSampleTests
{
    [SharedFact("data/imdb/imdb-train.tsv.gz")]
    public void Reviews_AreJudged()
    {
        using var folder = new TemporaryFolder();
        SentimentResult result = SentimentSample.Run(LongRun.Arguments("13-Sentiment", folder.Path))!;
        SampleFigures.Write("13-Sentiment", result.Accuracies, isShort: !LongRun.IsOn);
        Assert.Equal(LongRun.IsOn ? 3 : 1, result.Accuracies.Count);
        Assert.All(result.Accuracies, pair => Assert.True(pair.Value >= (LongRun.IsOn ? 0.8 : 0.7), $"{pair.Key}: {pair.Value}"));
        Assert.True(result.LoadedAgrees);
        Assert.True(File.Exists(Path.Combine(folder.Path, "loss.svg")));
    }

    [Fact]
    public void MadeUpReviews_AreJudgedByEveryNetworkAndByASavedOne()
    {
        using var folder = new TemporaryFolder();
        (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = ReviewSource.Load(folder.Path);
        SentimentResult result = SentimentSample.Run(train, test, new SentimentOptions(Epochs: 3, Output: folder.Path));
        Assert.Equal(3, result.Accuracies.Count);
        Assert.All(result.Accuracies, pair => Assert.True(pair.Value >= 0.9, $"{pair.Key}: {pair.Value}"));
        Assert.True(result.LoadedAgrees);

        LongSentiment saved = LongSentiment.Load(Path.Combine(folder.Path, nameof(LongSentiment) + ".safetensors"));
        Assert.True(SentimentSample.Judge(saved, "The acting was brilliant. The story was moving. The ending was clever.") > 0.5f);
        Assert.True(SentimentSample.Judge(saved, "The acting was awful. The story was dull. The ending was pointless.") < 0.5f);
    }

    [Fact]
    public void MadeUpDialogues_AreLearned()
    {
        using var folder = new TemporaryFolder();
        ShakespeareResult result = ShakespeareSample.Run(TextSource.Load(folder.Path), new ShakespeareOptions(Epochs: 3, Only: nameof(RecurrentText), Output: folder.Path));
        Assert.InRange(result.StreamedBits!.Value, 0.1, 1.5);
        Assert.Equal(400, result.Networks[nameof(RecurrentText)].Sample.Length);
    }

    [Fact]
    public void UnknownNetwork_IsNamedBeforeAnyTraining()
    {
        using var folder = new TemporaryFolder();
        var exception = Assert.Throws<ArgumentException>(() => ShakespeareSample.Run(TextSource.Load(folder.Path), new ShakespeareOptions(Only: "Poet", Output: folder.Path)));
        Assert.Equal("--only is \"Poet\", but the networks are RecurrentText, TransformerText.", exception.Message);
    }

    [SharedFact("data/fsdd/recordings.tar.gz")]
    public void SpokenDigits_AreRecognisedByEveryNetwork()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyDictionary<string, SpeechResult> results = SpeechSample.Run(LongRun.Arguments("14-SpokenDigits", folder.Path));
        SampleFigures.Write("14-SpokenDigits", $"accuracy {string.Join(", ", results.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value.KnownSpeakers:0.000}, of a speaker never heard {pair.Value.UnknownSpeaker:0.000}")))}", isShort: !LongRun.IsOn);
        Assert.Equal(3, results.Count);
        Assert.All(results, pair => Assert.True(pair.Value.KnownSpeakers >= 0.9, $"{pair.Key}: {pair.Value}"));
        Assert.All(results, pair => Assert.True(pair.Value.UnknownSpeaker >= 0.5, $"{pair.Key}: {pair.Value}"));
    }

    [SharedFact("data/time-series/airline-passengers.csv")]
    public void Forecasts_AreBetterThanTheNaiveOne()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<ForecastResult> results = ForecastSample.Run(LongRun.Arguments("15-Forecasting", folder.Path));
        SampleFigures.Write("15-Forecasting", $"error {string.Join("; ", results.Select(result => FormattableString.Invariant($"{result.Series}: {SampleFigures.List(result.Errors, "0.000")}, naive {result.Naive:0.000}")))}", isShort: !LongRun.IsOn);
        Assert.Equal(3, results.Count);

        // The margin is for vector widths, whose sums round differently.
        Assert.All(results, result => Assert.All(result.Errors, pair => Assert.True(pair.Value < 0.99 * result.Naive, $"{result.Series}, {pair.Key}: {pair.Value} of {result.Naive}")));
        string passengers = File.ReadAllText(Path.Combine(folder.Path, "airline-passengers.svg"));
        Assert.Contains(">month</text>", passengers, StringComparison.Ordinal);
        Assert.Contains(">thousands of passengers</text>", passengers, StringComparison.Ordinal);
    }

    [SharedFact("data/tiny-shakespeare/input.txt")]
    public void BothNetworks_LearnToWrite()
    {
        using var folder = new TemporaryFolder();
        ShakespeareResult result = ShakespeareSample.Run(LongRun.Arguments("16-Shakespeare", folder.Path));
        SampleFigures.Write("16-Shakespeare", $"bits per character {SampleFigures.List(result.Networks.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Bits[^1])), "0.000")}, step by step {result.StreamedBits:0.000}, of the training text {SampleFigures.List(result.Networks.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.TrainBits[^1])), "0.000")}", isShort: !LongRun.IsOn);
        Assert.Equal(2, result.Networks.Count);
        Assert.All(result.Networks.Values, network =>
        {
            Assert.True(network.Bits[^1] < network.Bits[0]);
            Assert.InRange(network.Bits[^1], 2, 3.6);
            Assert.StartsWith("ROMEO:\n", network.Sample, StringComparison.Ordinal);
            Assert.Equal(400, network.Sample.Length);
        });

        // As many parameters, within a fiftieth.
        Assert.InRange(TransformerText.ParameterCount / (double)RecurrentText.ParameterCount, 0.98, 1.02);
        if (LongRun.IsOn)
        {
            // Both in pieces of 64 characters that start without memory.
            Assert.InRange(result.Networks[nameof(RecurrentText)].TrainBits[^1], 1, 2.2);
            Assert.InRange(result.Networks[nameof(TransformerText)].Bits[^1], 1, result.Networks[nameof(RecurrentText)].Bits[^1]);
        }

        // The state carried from step to step is what Predict has within a piece, and more of it.
        Assert.InRange(result.StreamedBits!.Value, 2, result.Networks[nameof(RecurrentText)].Bits[^1]);
        Assert.True(File.Exists(Path.Combine(folder.Path, "bits-per-character.svg")));
    }

    [Fact]
    public void MadeUpSeries_AreSaidToBeAboveTheirPictures()
    {
        using TemporaryFolder empty = new(), folder = new();
        IReadOnlyList<Series> series = SeriesSource.Load(empty.Path);
        Assert.All(series, one => Assert.Equal(one.Name + ", made up", one.Title));
        ForecastSample.Run([series[0]], effort: 0.01, folder.Path);
        folder.AssertText("airline-passengers", "airline passengers, made up");
    }
}
