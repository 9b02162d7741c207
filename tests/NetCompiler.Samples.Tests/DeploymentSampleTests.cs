using global::Samples;
using Xunit;

namespace NetCompiler.Tests.Samples;

/// <summary>The sample of deployment, not published; NetCompiler.Packages.Tests publishes it.</summary>
public class DeploymentSampleTests
{
    [Fact]
    public void Marks_AreLearntLoadedAndPredictedAfterTheStartOfAProcess()
    {
        using var folder = new TemporaryFolder();
        DeploymentResult result = DeploymentSample.Run(folder.Path);
        Assert.InRange(result.TestAccuracy, 0.98, 1);
        Assert.True(result.LoadedAgrees);
        Assert.InRange(result.StartMilliseconds, 0.1, 60_000);
        Assert.Equal(3, new HashSet<string> { result.Weights, result.Gradients, result.Predictions }.Count);
        Assert.True(File.Exists(Path.Combine(folder.Path, "marks.safetensors")));
    }

    [Fact]
    public void OutputThatCannotBeMade_EndsWithExitCode2()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        Assert.Equal(2, DeploymentSample.Main(["--output", Path.Combine(file, "pictures")]));
    }

    [Theory]
    [InlineData("--outputs", "here")]
    [InlineData("--output")]
    public void WrongArguments_EndWithExitCode2(params string[] arguments) => Assert.Equal(2, DeploymentSample.Main(arguments));
}
