using global::Samples;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class SmallTablesSampleTests
{
    [SharedFact("data/iris/iris.csv")]
    public void Tables_AreToldByCrossValidation_AndServedAlike()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<TableResult> results = SmallTablesSample.Run(TableCase.All, dataFolder: null, folder.Path);
        SampleFigures.Write("22-SmallTables", results.Select(result => KeyValuePair.Create(result.Name, result.Accuracy)));
        Dictionary<string, double> least = new() { ["iris"] = 0.95, ["wine"] = 0.56, ["penguins"] = 0.97, ["titanic"] = 0.78, ["banknote"] = 0.98 };
        Assert.Equal(least.Keys, results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result.Accuracy >= least[result.Name], $"{result.Name}: {result.Accuracy}"));
        Assert.All(results, result => Assert.True(result.ServedAgrees, result.Name));
        folder.AssertPictures("folds");
    }

    [Fact]
    public void TablesThatAreMissing_AreLeftOut()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(SmallTablesSample.Run(TableCase.All, folder.Path, folder.Path));
    }
}
