using global::Samples;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class CustomLoopSampleTests
{
    [Fact]
    public void LoopByHand_EndsWithTheBitsOfFit()
    {
        using var folder = new TemporaryFolder();
        CustomLoopResult result = CustomLoopSample.Run(epochs: 150, folder.Path);
        Assert.True(result.WeightsAgree);
        Assert.True(result.CurvesAgree);
        Assert.Equal(result.FitEpochs, result.Epochs);
        Assert.InRange(result.Epochs, result.BestEpoch + 1, 149);
        Assert.InRange(result.Accuracy, 0.95, 1);
        Assert.Equal(result.Epochs + 1, File.ReadAllLines(Path.Combine(folder.Path, "loop.csv")).Length);
        folder.AssertPictures("spirals");
    }
}
