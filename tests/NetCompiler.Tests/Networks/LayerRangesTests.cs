using Xunit;

namespace NetCompiler.Tests.Networks;

public class LayerRangesTests
{
    [Theory]
    [InlineData("read1", "TTF")]
    [InlineData("read1.lstm1", "TFF")]
    [InlineData("read10", "FFT")]
    public void Names_AreThoseOfLayersOrBlocks(string name, string expected)
    {
        LayerRanges ranges = Create();
        ranges.SetFrozen([name], isFrozen: true);
        Assert.Equal(expected, Text(ranges));
    }

    [Fact]
    public void NoNames_MeanEverything()
    {
        LayerRanges ranges = Create();
        ranges.SetFrozen([], isFrozen: true);
        Assert.Equal("TTT", Text(ranges));
        ranges.SetFrozen(["read10"], isFrozen: false);
        Assert.Equal("TTF", Text(ranges));
    }

    [Fact]
    public void UnknownName_ChangesNothing()
    {
        LayerRanges ranges = Create();
        ArgumentException error = Assert.Throws<ArgumentException>(() => ranges.SetFrozen(["read1", "rea"], isFrozen: true));
        Assert.StartsWith("There is no layer or block \"rea\". The network has read1.lstm1, read1.dense1, read10, in the block read1.", error.Message, StringComparison.Ordinal);
        Assert.Equal("layers", error.ParamName);
        Assert.Equal("FFF", Text(ranges));
    }

    [Theory]
    [InlineData("read1.dense", "read1.dense1")]
    [InlineData("reed1", "read1")]
    public void MisspeltName_IsAnsweredWithTheNearest(string name, string nearest)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Create().SetFrozen([name], isFrozen: true));
        Assert.StartsWith($"There is no layer or block \"{name}\"; the nearest name is {nearest}. The network has ", error.Message, StringComparison.Ordinal);
    }

    private static LayerRanges Create() => new(
        ["read1.lstm1", "read1.dense1", "read10"], [0, 1, 2], [new(0, 16, false, true), new(16, 16, false, true), new(32, 16, false, true)]);

    private static string Text(LayerRanges ranges) => string.Concat(ranges.Ranges.ToArray().Select(range => range.IsFrozen ? 'T' : 'F'));
}
