using global::Samples;
using global::Samples.Data;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class HyperparameterSearchSampleTests
{
    [SharedFact("data/mnist/train-images-idx3-ubyte.gz")]
    public void MnistAndIris_AreSearched()
    {
        using var folder = new TemporaryFolder();
        SearchSampleResult result = HyperparameterSearchSample.Run(LongRun.Arguments("26-HyperparameterSearch", folder.Path))!;
        SampleFigures.Write("26-HyperparameterSearch", $"accuracy of the best: grid {result.Grid.Best.Score:0.000}, random {result.Random.Best.Score:0.000}, Hyperband {result.Hyperband.Best.Score:0.000}", isShort: !LongRun.IsOn);
        Check(result, folder, leastIris: 0.96, leastDigits: LongRun.IsOn ? 0.94 : 0.9);
    }

    [Fact]
    public void DrawnTables_AreSearched()
    {
        using TemporaryFolder empty = new(), folder = new();
        Check(HyperparameterSearchSample.Run(HyperparameterSearchSample.LoadIris(empty.Path), DigitImages.Draw(3000, 1000), epochs: 9, folder.Path), folder, leastIris: 0.9, leastDigits: 0.85);
    }

    private static void Check(SearchSampleResult result, TemporaryFolder folder, double leastIris, double leastDigits)
    {
        Assert.All(["grid", "random"], picture => folder.AssertText(picture, "initializers: 0 is GlorotUniform, 1 is HeNormal, 2 is RandomNormal"));
        Assert.Equal((36, 20, 17), (result.Grid.Trials.Count, result.Random.Trials.Count, result.Hyperband.Trials.Count));
        Assert.All(result.Grid.Trials, trial => Assert.Equal(5, trial.Scores.Count));
        Assert.All([result.Grid, result.Random, result.Hyperband], search => Assert.All(search.Trials, trial => Assert.Null(trial.Failure)));
        Assert.InRange(result.Grid.Best.Score, leastIris, 1);
        Assert.InRange(result.Random.Best.Score, leastIris - 0.02, 1);
        Assert.InRange(result.IrisAccuracy, leastIris - 0.02, 1);
        Assert.InRange(result.Hyperband.Best.Score, leastDigits, 1);
        Assert.InRange(result.DigitAccuracy, leastDigits, 1);
        Assert.Equal(9, result.Hyperband.Best.TrainedEpochs);
        foreach (string name in new[] { "grid", "random", "hyperband" })
        {
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder.Path, name + ".svg")), StringComparison.Ordinal);
            Assert.True(new FileInfo(Path.Combine(folder.Path, name + ".png")).Length > 10_000);
            Assert.True(CsvTable.Read(Path.Combine(folder.Path, name + ".csv")).RowCount is 36 or 20 or 17);
        }
    }
}
