using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class DigitsSampleTests
{
    [Fact]
    public void DrawnDigits_SayWhatIsMissingAndWhere() =>
        Assert.StartsWith("there is no MNIST in data or cache; drawing digits: ", DigitSource.WhyDrawn(["data", "cache"]), StringComparison.Ordinal);

    [Fact]
    public void DrawnDigits_AreLearntSavedAndLoaded()
    {
        using var folder = new TemporaryFolder();
        DigitsResult result = DigitsSample.Run(DigitImages.Draw(trainCount: 6000, testCount: 1000), new DigitsOptions(Epochs: 3, folder.Path));
        Assert.InRange(result.TestAccuracy, 0.85, 1);
        Assert.True(result.LoadedAgrees);
        Assert.All(["learning-curve.svg", "confusion-matrix.svg", "digits.safetensors"], name => Assert.True(File.Exists(Path.Combine(folder.Path, name)), name));
    }

    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void Mnist_IsLearntInTwoEpochs()
    {
        using var folder = new TemporaryFolder();
        DigitsResult result = DigitsSample.Run([.. ShortForm.Of("01-Digits").WithOutput(folder.Path), "--data", Shared.PathOf("data/mnist")]);
        SampleFigures.Write("01-Digits", $"accuracy {result.TestAccuracy:0.000}", isShort: true);
        Assert.InRange(result.TestAccuracy, 0.955, 1);
    }

    [Fact]
    public void DrawnDigits_AreTheSameEveryTime()
    {
        DigitImages first = DigitImages.Draw(50, 20), second = DigitImages.Draw(50, 20);
        Assert.Equal(first.TrainImages, second.TrainImages);
        Assert.Equal(first.TestImages, second.TestImages);
        Assert.Equal(10, first.TestLabels.Distinct().Count());
        Assert.All(first.TrainImages, pixel => Assert.InRange(pixel, 0, 1));
    }

    [Fact]
    public void DrawnDigits_OfOneClassDiffer()
    {
        DigitImages digits = DigitImages.Draw(40, 10);
        float[][] ones = [.. digits.TrainLabels.Index().Where(item => item.Item == 1).Select(item => digits.TrainImages[(784 * item.Index)..(784 * (item.Index + 1))])];
        Assert.Equal(ones.Length, ones.Select(pixels => pixels.Sum()).Distinct().Count());
    }

    [Fact]
    public void PicturesThatCannotBeWritten_CostNeitherWeightsNorAccuracy()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "learning-curve.svg"));
        DigitsResult result = DigitsSample.Run(DigitImages.Draw(trainCount: 64, testCount: 20), new DigitsOptions(Epochs: 1, folder.Path));
        Assert.InRange(result.TestAccuracy, 0, 1);
        Assert.True(result.LoadedAgrees);
    }

    [Fact]
    public void OutputFolderThatCannotBeMade_IsSaidBeforeTraining()
    {
        using var folder = new TemporaryFolder();
        string taken = Path.Combine(folder.Path, "taken");
        File.WriteAllText(taken, "");
        DigitImages digits = DigitImages.Draw(trainCount: 64, testCount: 20);
        digits.TrainLabels[0] = 99; // training would refuse it
        Assert.Contains(taken, Assert.Throws<IOException>(() => DigitsSample.Run(digits, new DigitsOptions(Epochs: 1, taken))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingSeriesOrColumns_EndWithExitCode2() =>
        Assert.Equal(2, SampleProgram.Run(() => throw new KeyNotFoundException("There is no column \"x\".")));

    [Theory]
    [InlineData("--epoch", "3")]
    [InlineData("--epochs")]
    [InlineData("--epochs", "0")]
    [InlineData("--epochs", "many")]
    public void WrongArguments_EndWithExitCode2(params string[] arguments) => Assert.Equal(2, DigitsSample.Main(arguments));
}
