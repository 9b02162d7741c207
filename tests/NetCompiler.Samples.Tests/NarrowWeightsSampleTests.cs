using global::Samples;
using global::Samples.Data;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class NarrowWeightsSampleTests
{
    [Fact]
    public void BFloat16_LosesNextToNothing()
    {
        using var folder = new TemporaryFolder();
        (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = ReviewSource.Load(folder.Path);
        IReadOnlyList<NarrowWeightsResult> results = NarrowWeightsSample.Run(DigitImages.Draw(trainCount: 4000, testCount: 1000), [.. train.Take(1000)], test, new NarrowWeightsOptions(Epochs: 2, Blocks: 3, folder.Path));
        Assert.Equal(["digits", "reviews"], results.Select(result => result.Name));
        Assert.All(results, result =>
        {
            Assert.InRange(result.Accuracy, 0.7, 1);
            Assert.InRange(result.NarrowAccuracy, result.Accuracy - 0.01, result.Accuracy + 0.01);

            // Another format it is: some probability changes.
            Assert.InRange(result.MostChange, double.Epsilon, 0.1);
            Assert.True(File.Exists(Path.Combine(folder.Path, result.Name + "-changes.svg")));
        });
    }
}
