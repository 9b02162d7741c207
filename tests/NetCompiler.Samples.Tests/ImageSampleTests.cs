using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Short forms: the full trainings are the samples' own.</summary>
public class ImageSampleTests
{
    [SharedFact("data/fashion-mnist/train-images-idx3-ubyte.gz")]
    public void Convolutions_LearnDigitsAndClothesInOneEpoch()
    {
        using var folder = new TemporaryFolder();
        MnistCnnResult result = MnistCnnSample.Run(ShortForm.Of("09-MnistCnn").WithOutput(folder.Path));
        SampleFigures.Write("09-MnistCnn", result.Accuracies, isShort: true);
        Assert.InRange(result.Accuracies["small"], 0.85, 1);
        Assert.InRange(result.Accuracies["deep"], 0.83, 1);
        Assert.InRange(result.Accuracies["fashion"], 0.65, 1);
        Assert.True(File.Exists(Path.Combine(folder.Path, "deep-confusion-matrix.svg")));
    }

    [SharedFact("data/cifar10/data_batch_1.bin.gz")]
    public void EveryVariant_LearnsPhotographsInTwoEpochs()
    {
        using var folder = new TemporaryFolder();
        CifarResult result = Assert.IsType<CifarResult>(CifarSample.Run(ShortForm.Of("10-CifarCnn").WithOutput(folder.Path)));
        SampleFigures.Write("10-CifarCnn", result.Accuracies, isShort: true);
        Assert.Equal(["augmented", "both", "normalized", "plain"], result.Accuracies.Keys.Order());

        // A guess is right once in ten.
        Assert.All(result.Accuracies, pair => Assert.True(pair.Value >= 0.33, $"{pair.Key}: {pair.Value}"));
    }
}
