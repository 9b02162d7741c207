using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>Short forms: the full trainings are the samples' own.</summary>
public class ImageSampleTests
{
    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void Convolutions_LearnDigitsInOneEpoch()
    {
        using var folder = new TemporaryFolder();
        ImageSplit digits = ImageSplit.From(DigitSource.Load(Shared.PathOf("data/mnist"), useShared: false, mayDownload: false).Take(8_000, 2_000));
        MnistCnnResult result = MnistCnnSample.Run(digits, clothes: null, new MnistCnnOptions(MostEpochs: 1, folder.Path));
        Assert.InRange(result.Accuracies["small"], 0.85, 1);
        Assert.InRange(result.Accuracies["deep"], 0.83, 1);
        Assert.True(File.Exists(Path.Combine(folder.Path, "deep-confusion-matrix.svg")));
    }

    [SharedFact("data/fashion-mnist/train-images-idx3-ubyte.gz")]
    public void Convolutions_LearnClothesInOneEpoch()
    {
        using var folder = new TemporaryFolder();
        ImageSplit clothes = Assert.IsType<ImageSplit>(ImageSplit.LoadFashion(Shared.PathOf("data/fashion-mnist"))).Take(8_000, 2_000);
        MnistCnnResult result = MnistCnnSample.Run(clothes, clothes, new MnistCnnOptions(MostEpochs: 1, folder.Path, Only: "fashion"));
        Assert.InRange(Assert.Single(result.Accuracies).Value, 0.65, 1);
    }

    [SharedFact("data/cifar10/data_batch_1.bin.gz")]
    public void EveryVariant_LearnsPhotographsInTwoEpochs()
    {
        using var folder = new TemporaryFolder();
        ImageSplit images = Assert.IsType<ImageSplit>(ImageSplit.LoadCifar10(Shared.PathOf("data/cifar10"))).Take(4_000, 1_000);
        CifarResult result = CifarSample.Run(images, new CifarOptions(MostEpochs: 2, Seeds: 1, folder.Path));
        Assert.Equal(["augmented", "both", "normalized", "plain"], result.Accuracies.Keys.Order());

        // A guess is right once in ten.
        Assert.All(result.Accuracies, pair => Assert.True(pair.Value >= 0.33, $"{pair.Key}: {pair.Value}"));
    }
}
