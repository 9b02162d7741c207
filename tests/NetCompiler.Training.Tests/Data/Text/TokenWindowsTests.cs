using Xunit;

namespace NetCompiler.Tests.Training.Data.Text;

public sealed class TokenWindowsTests
{
    private static readonly int[] Eight = [10, 11, 12, 13, 14, 15, 16, 17];

    [Fact]
    public void EveryStep_HasTheNextTokenAsTarget()
    {
        TokenWindows windows = TokenWindows.Create(Eight, 3);
        Assert.Equal(2, windows.Count);
        Assert.Equal([10, 11, 12, 13, 14, 15], windows.Inputs);
        Assert.Equal([11, 12, 13, 14, 15, 16], windows.Targets);
        Assert.Equal([10, 11, 12, 12, 13, 14, 14, 15, 16], TokenWindows.Create(Eight, 3, 2).Inputs);
        Assert.Equal([17], TokenWindows.Create(Eight, 7).Targets[6..]);
    }

    [Fact]
    public void TextThatIsTooShort_IsNamed()
    {
        Assert.Contains("The text has 8 tokens, but one piece needs 9: 8 and the one after them", Assert.Throws<ArgumentException>(() => TokenWindows.Create(Eight, 8)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Create(Eight, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Create(Eight, 1, -1));
    }
}
