using Xunit;

namespace NetCompiler.Tests.Training.Data.Text;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("Don't PANIC, it's 9.5/10!", "dont|panic|its|9510")]
    [InlineData("Great.<br /><br />Really great<BR />!", "great|really|great")]
    [InlineData("a<b br />c", "ab|br|c")]
    [InlineData("\t two\u2028lines\u00A0\n", "two|lines")]
    [InlineData("caf\u00C9 \u2013 \u00DCber", "caf\u00E9|\u2013|\u00FCber")]
    [InlineData("...", "")]
    [InlineData("", "")]
    public void Words_AreThoseOfKeras(string text, string expected) => Assert.Equal(expected, string.Join('|', Tokenizer.Words.Split(text)));

    [Fact]
    public void EveryAsciiPunctuationMark_IsRemoved() =>
        Assert.Equal(["ab"], Tokenizer.Words.Split("a!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'b"));

    [Fact]
    public void Characters_AreCodePoints() => Assert.Equal(["A", "\n", " ", "\U0001F600", "A"], Tokenizer.Characters.Split("A\n \U0001F600A"));
}
