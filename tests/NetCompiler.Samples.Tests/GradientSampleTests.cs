using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>What gradients with respect to inputs are for, and reconstructions; short forms unless NETCOMPILER_LONG=1.</summary>
public class GradientSampleTests
{
    private static readonly Lazy<DigitImages> Digits = new(() => DigitSource.Load(Shared.PathOf("data/mnist"), useShared: false, mayDownload: false));

    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void Generator_DrawsDigitsThatDiffer()
    {
        using var folder = new TemporaryFolder();
        GanResult result = LongRun.IsOn
            ? GanSample.Run(Digits.Value, new GanOptions(Output: folder.Path))
            : GanSample.Run(ShortForm.Of("23-Gan").WithOutput(folder.Path));
        SampleFigures.Write("23-Gan", $"as varied as {result.Variety.EffectiveDigits:0.0} digits, distance of two images {result.Variety.MeanDistance:0.00}, of two real ones {result.Variety.RealDistance:0.00}", isShort: !LongRun.IsOn);
        Assert.True(result.ReaderAccuracy >= 0.9, $"The reader's accuracy is {result.ReaderAccuracy}.");
        Assert.All(result.GeneratorLosses.Concat(result.DiscriminatorLosses), loss => Assert.InRange(loss, 0.1, 10));

        // One image drawn again and again: distance 0, one digit.
        Assert.InRange(result.Variety.MeanDistance, 0.5 * result.Variety.RealDistance, 1.5 * result.Variety.RealDistance);
        Assert.True(result.Variety.EffectiveDigits >= (LongRun.IsOn ? 6 : 3), $"As varied as {result.Variety.EffectiveDigits} digits.");
        Assert.Equal(LongRun.IsOn ? 8 : 2, Directory.GetFiles(folder.Path, "digits-*.svg").Length);
        folder.AssertPictures("losses", LongRun.IsOn ? "digits-040" : "digits-012");
    }

    [Fact]
    public void StepsOfBothNetworks_AllocateNothing()
    {
        using var training = new GanTraining(new DigitGenerator(seed: 1), new DigitDiscriminator(seed: 2), batchSize: 8, new Adam(), seed: 1);
        float[] images = new float[8 * DigitDiscriminator.InputLength];
        for (int i = 0; i < 3; i++)
        {
            training.Step(images);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            training.Step(images);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void SaliencyMap_ShowsWhereTheWinnersLogitRisesFastest()
    {
        using var folder = new TemporaryFolder();
        SaliencyResult result = LongRun.IsOn
            ? SaliencySample.Run(Digits.Value, new SaliencyOptions(Output: folder.Path))
            : SaliencySample.Run(ShortForm.Of("24-Saliency").WithOutput(folder.Path));
        SampleFigures.Write("24-Saliency", $"accuracy {result.Accuracy:0.000}, rise along the map {result.Maps.Average(map => map.Rise / map.Steepness):0.000} of its length, at random {result.Maps.Average(map => Math.Abs(map.RandomRise) / map.Steepness):0.000}", isShort: !LongRun.IsOn);
        Assert.InRange(result.Accuracy, LongRun.IsOn ? 0.98 : 0.92, 1);
        Assert.Equal(Enumerable.Range(0, 10), result.Maps.Select(map => map.Digit));
        Assert.All(result.Maps, map =>
        {
            // A step along the gradient rises by its length, less what pools lose whose pixels of paper tie: one of them has all their gradient. No other direction
            // comes near.
            Assert.InRange(map.Rise, 0.85 * map.Steepness, 1.05 * map.Steepness);
            Assert.True(Math.Abs(map.RandomRise) < 0.5 * map.Rise, $"{map.Digit}: {map.RandomRise} at random, {map.Rise} along the map.");
        });
        folder.AssertPictures("saliency", "saliency-large");
        Assert.Contains("<title>which pixels decide: orange for the digit, blue against it</title>", File.ReadAllText(Path.Combine(folder.Path, "saliency.svg")), StringComparison.Ordinal);
    }

    [SharedFact("data/fashion-mnist/t10k-images-idx3-ubyte.gz")]
    public void Autoencoder_RestoresDigits_AndIsSurprisedByClothes()
    {
        using var folder = new TemporaryFolder();
        AutoencoderResult result = LongRun.IsOn
            ? AutoencoderSample.Run(Digits.Value, ImageSplit.LoadFashion(Shared.PathOf("data/fashion-mnist")), new AutoencoderOptions(Output: folder.Path))
            : AutoencoderSample.Run(ShortForm.Of("25-Autoencoder").WithOutput(folder.Path));
        SampleFigures.Write("25-Autoencoder", $"reconstruction error {result.MeanError:0.0000}, by the mean image {result.MeanImageError:0.0000}; AUC of clothes {result.ClothesArea:0.000}", isShort: !LongRun.IsOn);
        Assert.InRange(result.MeanError, 0.001, LongRun.IsOn ? 0.008 : 0.02);
        Assert.True(result.MeanError < 0.3 * result.MeanImageError, $"{result.MeanError} against {result.MeanImageError} by the mean image.");
        Assert.True(result.ClothesArea >= 0.9, $"{result.ClothesArea}");
        folder.AssertPictures("digits", "clothes", "learning-curve");
    }
}
