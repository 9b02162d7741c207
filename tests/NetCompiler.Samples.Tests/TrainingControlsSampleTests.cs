using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class TrainingControlsSampleTests
{
    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void MnistDigits_AreTrainedUnderEveryControl()
    {
        TrainingControlsResult result = Check(DigitSource.Load(Shared.PathOf("data/mnist"), useShared: false, mayDownload: false), leastAccuracy: 0.86);
        SampleFigures.Write("21-TrainingControls", $"accuracy {result.TestAccuracy:0.000} with plateau and early stopping, {result.OneCycleAccuracy:0.000} with one cycle");
    }

    [Fact]
    public void DrawnDigits_AreTrainedUnderEveryControl() => Check(DigitImages.Draw(), leastAccuracy: 0.8);

    private static TrainingControlsResult Check(DigitImages digits, double leastAccuracy)
    {
        using var folder = new TemporaryFolder();
        TrainingControlsResult result = TrainingControlsSample.Run(digits, epochs: 60, folder.Path);
        Assert.InRange(result.Suggestion, 1e-4, 0.3);
        Assert.InRange(result.TestAccuracy, leastAccuracy, 1);
        Assert.InRange(result.OneCycleAccuracy, leastAccuracy, 1);
        Assert.InRange(result.Epochs, 9, 59);
        Assert.Equal(result.BestEpoch + 1 + 8, result.Epochs);
        Assert.InRange(result.Reductions, 1, 30);
        Assert.Equal(result.BestLoss, result.RestoredLoss, 1e-6);
        Assert.True(result.CheckpointAgrees);
        Assert.Equal(result.Epochs, result.LoggedEpochs);

        // Per epoch loss, accuracy and rate, every fifth epoch a histogram of each of 8 weights, and the table of hyperparameters.
        Assert.Equal((3 * result.Epochs) + (8 * ((result.Epochs + 4) / 5)) + 1, result.EventValues);
        Assert.NotNull(result.First);
        foreach (string picture in new[] { "schedules", "learning-rate-finder", "loss", "learning-rate" })
        {
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder.Path, picture + ".svg")), StringComparison.Ordinal);
        }

        return result;
    }
}
