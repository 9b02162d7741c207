using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Convolutions on images: short forms, or the full trainings with NETCOMPILER_LONG=1, which reach what is asked of them.</summary>
public class ImageSampleTests
{
    [SharedFact("data/fashion-mnist/train-images-idx3-ubyte.gz")]
    public void Convolutions_LearnDigitsAndClothes()
    {
        using var folder = new TemporaryFolder();
        MnistCnnResult result = MnistCnnSample.Run(LongRun.Arguments("09-MnistCnn", folder.Path));
        SampleFigures.Write("09-MnistCnn", result.Accuracies, isShort: !LongRun.IsOn);
        Assert.InRange(result.Accuracies["small"], LongRun.IsOn ? 0.985 : 0.85, 1);
        Assert.InRange(result.Accuracies["deep"], LongRun.IsOn ? 0.99 : 0.83, 1);
        Assert.InRange(result.Accuracies["fashion"], LongRun.IsOn ? 0.9 : 0.65, 1);
        Assert.True(File.Exists(Path.Combine(folder.Path, "deep-confusion-matrix.svg")));
    }

    [SharedFact("data/cifar10/data_batch_1.bin.gz")]
    public void EveryVariant_LearnsPhotographs()
    {
        using var folder = new TemporaryFolder();
        CifarResult result = Assert.IsType<CifarResult>(CifarSample.Run(LongRun.Arguments("10-CifarCnn", folder.Path)));
        SampleFigures.Write("10-CifarCnn", result.Accuracies, isShort: !LongRun.IsOn);
        Assert.Equal(["augmented", "both", "normalized", "plain"], result.Accuracies.Keys.Order());

        // A guess is right once in ten; PyTorch's network is the plain one, and no variant should be far below it.
        Assert.All(result.Accuracies, pair => Assert.True(pair.Value >= (LongRun.IsOn ? 0.55 : 0.33), $"{pair.Key}: {pair.Value}"));
        Assert.True(!LongRun.IsOn || result.Accuracies["plain"] >= CifarSample.PyTorchAccuracy - 0.015, $"plain: {result.Accuracies["plain"]}, PyTorch {CifarSample.PyTorchAccuracy}");
    }
}
