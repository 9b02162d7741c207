using Xunit;

namespace NetCompiler.Tests.Training.Callbacks;

/// <summary>Callbacks that are asked to tell what they do, tell it where the lines of the epochs are.</summary>
public sealed class VerboseTests : IDisposable
{
    private static readonly double[] Scores = [3, 1, 2, 2, 2];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EarlyStopping_TellsThatItStopsAndWhatItRestores() => Assert.Equal(
        [
            "epoch 1/5  -",
            "epoch 2/5  -",
            "epoch 3/5  -",
            "epoch 4/5  early stopping: score 2.0000, 2 epochs without an improvement on 1.0000",
            "epoch 4/5  -",
            "epoch 4/5  weights of epoch 2 restored",
        ],
        Told(verbose => new EarlyStopping("score", patience: 2, restoreBestWeights: true, verbose: verbose)));

    [Fact]
    public void ModelCheckpoint_TellsWhatItSavesAndWhatIsNoBetter()
    {
        string best = _folder["best"], all = _folder["all"];
        Assert.Equal(
            [
                $"epoch 1/5  score 3.0000: saved {best}",
                "epoch 1/5  -",
                $"epoch 2/5  score 1.0000 after 3.0000: saved {best}",
                "epoch 2/5  -",
                "epoch 3/5  score 2.0000 is no better than 1.0000",
                "epoch 3/5  -",
            ],
            Told(verbose => new ModelCheckpoint(best, "score", saveBestOnly: true, verbose: verbose)).Take(6));
        Assert.Equal([$"epoch 1/5  saved {all}-1", "epoch 1/5  -", $"epoch 2/5  saved {all}-2"], Told(verbose => new ModelCheckpoint(all + "-{epoch}", verbose: verbose)).Take(3));
    }

    [Fact]
    public void ReduceLearningRateOnPlateau_TellsEveryReduction() => Assert.Equal(
        [
            "epoch 1/5  -",
            "epoch 2/5  -",
            "epoch 3/5  -",
            "epoch 4/5  score has not improved for 2 epochs: learning rate 0.0050 after 0.0100",
            "epoch 4/5  -",
            "epoch 5/5  -",
        ],
        Told(verbose => new ReduceLearningRateOnPlateau("score", factor: 0.5, patience: 2, verbose: verbose)));

    [Fact]
    public void LearningRateScheduler_TellsTheRateOfEveryEpoch()
    {
        string[] first = ["epoch 1/5  learning rate 0.0100", "epoch 1/5  -", "epoch 2/5  learning rate 0.0200"];
        Assert.Equal(first, Told(verbose => new LearningRateScheduler(epoch => 0.01 * (epoch + 1), verbose)).Take(3));
        Assert.Equal(first, Told(verbose => new LearningRateScheduler((epoch, _) => 0.01 * (epoch + 1), verbose)).Take(3));
        Assert.Equal(first, Told(verbose => new LearningRateScheduler(new PolynomialSchedule(0.01, 4, 0.05) { Unit = ScheduleUnit.Epochs }, verbose)).Take(3));
    }

    [Fact]
    public void WithoutLines_WhatWasAskedForIsToldStill_ButNothingInSilence()
    {
        EarlyStopping Make() => new("score", patience: 1, verbose: true);
        Assert.Equal(["epoch 3/5  early stopping: score 2.0000, 1 epoch without an improvement on 1.0000"], Train(Make(), Verbosity.Auto));
        Assert.Empty(Train(Make(), Verbosity.Silent));
    }

    /// <summary>What is written with the callback asked to tell, once it was seen that it tells nothing otherwise. Of the epochs' own lines only that they are there.</summary>
    private static string[] Told(Func<bool, Callback> make)
    {
        Assert.All(Train(make(false), Verbosity.Lines), line => Assert.EndsWith("  -", line, StringComparison.Ordinal));
        return Train(make(true), Verbosity.Lines);
    }

    private static string[] Train(Callback callback, Verbosity verbosity)
    {
        StringWriter output = new();
        new Slope(1).Fit(TrainedNetworks.Line<Slope>(8), new FitOptions
        {
            Epochs = Scores.Length,
            Optimizer = new Sgd(0.01),
            Metrics = [new ScriptedMetric("score", Scores) { Better = MonitorMode.Min }],
            Callbacks = [callback],
            Verbosity = verbosity,
            Output = output,
        });
        return [.. output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Contains(" s  loss ", StringComparison.Ordinal) ? $"{line[..line.IndexOf("  ", StringComparison.Ordinal)]}  -" : line)];
    }
}
