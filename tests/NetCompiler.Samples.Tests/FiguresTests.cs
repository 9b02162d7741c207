using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class FiguresTests
{
    [Fact]
    public void LinesOfManyTestsAtOnce_AreAllThere()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "figures");
        Parallel.For(0, 60, i => Figures.Append(path, FormattableString.Invariant($"line {i}\n")));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"line {i}")).Order(), File.ReadAllLines(path).Order());
    }

    [Fact]
    public void AccuraciesAreListed_InTheInvariantCulture()
        => Assert.Equal("small 0.912, deep 0.950", SampleFigures.List([KeyValuePair.Create("small", 0.9123), KeyValuePair.Create("deep", 0.95)], "0.000"));
}
