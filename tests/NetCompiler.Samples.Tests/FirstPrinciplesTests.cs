using global::Samples;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class FirstPrinciplesTests
{
    [Fact]
    public void Neurons_ComputeLearnAndRegress()
    {
        using var folder = new TemporaryFolder();
        NeuronsResult result = NeuronsSample.Run(dataFolder: null, folder.Path);
        folder.AssertText("logistic-neuron", "petal width, cm");
        Assert.Equal("10", result.TruthTables["NOT"]);
        Assert.Equal("0001", result.TruthTables["AND"]);
        Assert.Equal("0111", result.TruthTables["OR"]);
        Assert.Equal("00010111", result.TruthTables["MAJORITY"]);
        Assert.True(result.Learned["AND"]);
        Assert.True(result.Learned["OR"]);
        Assert.False(result.Learned["XOR"]);
        Assert.InRange(result.OneFeatureAccuracy, 0.93, 1);
        Assert.InRange(result.FourFeatureAccuracy, 0.95, 1);
        Assert.InRange(result.LayerAccuracy, 0.90, 1);
        Assert.InRange(result.ClosedFormulaError, 0, 1e-5);
        folder.AssertPictures("logistic-neuron");
    }

    [Fact]
    public void GradientDescent_FindsTheLeastSquaresLine()
    {
        using var folder = new TemporaryFolder();
        LineResult result = LineSample.Run(epochs: 200, folder.Path);
        Assert.Equal(result.ExactSlope, result.Slope, 0.02);
        Assert.Equal(result.ExactIntercept, result.Intercept, 0.02);
        Assert.Equal(4, result.Slope, 0.4);
        Assert.Equal(3, result.Intercept, 0.4);
        folder.AssertPictures("line");
    }

    [Fact]
    public void Xor_IsLearntAndTrainingByHandEqualsFit()
    {
        using var folder = new TemporaryFolder();
        XorResult result = XorSample.Run(folder.Path);
        Assert.All(result.LargestErrors, pair => Assert.True(pair.Value <= 0.1, $"{pair.Key}: {pair.Value}"));
        Assert.True(result.LoopEqualsFit);
        Assert.InRange(result.BackwardError, 0, 1);
        folder.AssertPictures("xor");
    }

    [SharedFact]
    public void Activations_EqualTheGoldenTensors()
    {
        using var folder = new TemporaryFolder();
        ActivationsResult result = ActivationsSample.Run(Shared.PathOf("reference"), folder.Path);
        Assert.Equal(Enum.GetNames<Activation>().Order(), result.WorstRatios.Keys.Order());
        Assert.All(result.WorstRatios, pair => Assert.True(pair.Value <= 1, $"{pair.Key}: {pair.Value}"));
        folder.AssertPictures("activations");
        folder.AssertText("activations", "activation functions: f(x) in blue, the derivative f&apos;(x) dashed in orange");
        folder.AssertText("activations", "x");
        Assert.InRange(new FileInfo(Path.Combine(folder.Path, "activations.svg")).Length, 1, SamplePicture.MostBytes);
    }
}
