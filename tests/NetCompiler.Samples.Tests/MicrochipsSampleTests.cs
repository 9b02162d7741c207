using global::Samples;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class MicrochipsSampleTests
{
    [SharedFact("data/ex2data2/ex2data2.csv")]
    public void Microchips_AreJudgedSavedAndLoadedElsewhere()
    {
        using var folder = new TemporaryFolder();
        MicrochipsResult result = MicrochipsSample.Run(Shared.PathOf("data/ex2data2"), epochs: 5000, folder.Path);
        Assert.InRange(result.Accuracy, 0.83, 1);
        Assert.InRange(result.SmoothAccuracy, 0.78, 1);
        Assert.NotEqual(false, result.FreshProcessAgrees);
        Assert.True(result.RenamedAgrees);
        Assert.True(File.Exists(Path.Combine(folder.Path, "boundary-smooth.png")));
        Assert.Contains("Training complete: 5000 of 5000 epochs", File.ReadAllText(Path.Combine(folder.Path, "report.html")), StringComparison.Ordinal);
    }
}
