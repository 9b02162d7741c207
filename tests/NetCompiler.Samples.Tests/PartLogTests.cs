using global::Samples.Data;
using Xunit;

namespace NetCompiler.Tests.Samples;

public class PartLogTests
{
    [Fact]
    public void EveryPart_HasALineWithTheTimeLeft()
    {
        var output = new StringWriter();
        var log = new PartLog("folds", 5, output);
        log.End("0.91");
        log.End("0.92");
        log.Skip(2);
        log.End("0.93");
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches("^  folds, 1 of 5: 0.91, [0-9]+ s left$", lines[0]);
        Assert.Matches("^  folds, 2 of 5: 0.92, [0-9]+ s left$", lines[1]);
        Assert.Equal("  folds, 5 of 5: 0.93", lines[2]);
    }
}
