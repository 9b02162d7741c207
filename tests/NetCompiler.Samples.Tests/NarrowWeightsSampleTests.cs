using global::Samples;
using global::Samples.Data;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class NarrowWeightsSampleTests
{
    [Fact]
    public void NarrowFormats_LoseNextToNothing()
    {
        using var folder = new TemporaryFolder();
        (IReadOnlyList<Review> train, IReadOnlyList<Review> test) = ReviewSource.Load(folder.Path);
        IReadOnlyList<NarrowWeightsResult> results = NarrowWeightsSample.Run(DigitImages.Draw(trainCount: 4000, testCount: 1000), [.. train.Take(1000)], test, new NarrowWeightsOptions(Epochs: 2, Blocks: 3, folder.Path));
        Assert.Equal(["layers", "convolution", "reviews"], results.Select(result => result.Name));
        Assert.All(results, result =>
        {
            Assert.Equal(["Float32", "BFloat16", "Int8", "Int8-calibrated"], result.Forms.Select(form => form.Weights));
            Assert.InRange(result.Forms[0].Accuracy, 0.7, 1);
            Assert.Equal((0, 0), (result.Forms[0].Changed, result.Forms[0].MostChange));
            Assert.All(result.Forms.Skip(1), form =>
            {
                Assert.InRange(form.Accuracy, result.Forms[0].Accuracy - 0.01, result.Forms[0].Accuracy + 0.01);

                // Another format it is: some probability changes.
                Assert.InRange(form.MostChange, double.Epsilon, 0.2);
                Assert.True(File.Exists(Path.Combine(folder.Path, $"{result.Name}-{form.Weights}.svg")));
            });
        });
    }
}
