using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Short forms: the full trainings are the samples' own.</summary>
public class MnistSampleTests
{
    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void TrainingByHand_LearnsInFullBatchesAndBetterInSmallOnes()
    {
        using var folder = new TemporaryFolder();
        HandMadeResult result = HandMadeSample.Run(LongRun.Arguments("07-MnistByHand", folder.Path));
        SampleFigures.Write("07-MnistByHand", $"accuracy {result.TestAccuracy:0.000}, in full batches {result.FullBatchTestAccuracy:0.000}", isShort: !LongRun.IsOn);
        Assert.InRange(result.FullBatchTestAccuracy, LongRun.IsOn ? 0.85 : 0.6, 1);
        Assert.InRange(result.TestAccuracy, LongRun.IsOn ? 0.96 : 0.89, 1);
        Assert.True(result.TestAccuracy > result.FullBatchTestAccuracy);
        Assert.True(File.Exists(Path.Combine(folder.Path, "first-digits.svg")));
    }

    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void EveryNetwork_Learns()
    {
        // In five epochs at most, or in full with NETCOMPILER_LONG=1.
        using var folder = new TemporaryFolder();
        DigitNetworksResult result = DigitNetworksSample.Run(LongRun.Arguments("08-MnistNetworks", folder.Path));
        SampleFigures.Write("08-MnistNetworks", result.Accuracies, isShort: !LongRun.IsOn);
        folder.AssertText("training-loss", "four networks on MNIST");
        Assert.Equal(4, result.Accuracies.Count);
        Assert.All(result.Accuracies, pair => Assert.True(pair.Value >= (LongRun.IsOn ? 0.96 : 0.87), $"{pair.Key}: {pair.Value}"));
        if (LongRun.IsOn)
        {
            Assert.InRange(result.Accuracies[nameof(DropoutDigits)], 0.977, 1);
            Assert.InRange(result.Accuracies[nameof(DeepDigits)], 0.979, 1);
            Assert.InRange(result.Accuracies[nameof(WideDigits)], 0.983, 1);
        }

        folder.AssertPictures("training-loss");
    }

    [Fact]
    public void DrawnDigits_AreNotCalledMnist()
    {
        using var folder = new TemporaryFolder();
        DigitNetworksSample.Run(DigitImages.Draw(320, 40), folder.Path, mostEpochs: 1, only: nameof(NarrowDigits));
        folder.AssertText("training-loss", "four networks on digits drawn by this program");
    }
}
