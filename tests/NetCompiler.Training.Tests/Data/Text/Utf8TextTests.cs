using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Training.Data.Text;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData("61FF62", "malformed UTF-8 at byte 1 (line 1): 0xFF is no UTF-8 there")]
    [InlineData("610A0AC3A9C328", "malformed UTF-8 at byte 5 (line 3): 0xC3 is no UTF-8 there")]
    [InlineData("61C0AF", "malformed UTF-8 at byte 1 (line 1): 0xC0")]
    [InlineData("61EDA080", "malformed UTF-8 at byte 1 (line 1): 0xED")]
    [InlineData("EFBBBF6180", "malformed UTF-8 at byte 4 (line 1): 0x80")]
    [InlineData("6161E282", "malformed UTF-8 at byte 2 (line 1): the text ends in the middle of a character")]
    public void MalformedBytes_AreNamedByTheirOffset(string hexadecimal, string message)
    {
        foreach (byte[] bytes in new[] { Convert.FromHexString(hexadecimal), DataBytes.Pack(Convert.FromHexString(hexadecimal)) })
        {
            Assert.StartsWith($"the data: {message}", DataBytes.Refusal(bytes, (stream, name) => Utf8Text.Read(stream, name)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ByteOrderMark_IsDropped() => Assert.Equal("a\u00E9\r\n", Utf8Text.Decode(Convert.FromHexString("EFBBBF61C3A90D0A")));

    [SharedFact("data/tiny-shakespeare/input.txt")]
    public void TinyShakespeare_HasItsKnownCharacters()
    {
        string text = Utf8Text.Read(Shared.PathOf("data/tiny-shakespeare/input.txt"));
        Vocabulary vocabulary = Vocabulary.Build([text], tokenizer: Tokenizer.Characters);
        Assert.Equal((1_115_394, 65 + 2), (text.Length, vocabulary.Size));
        int[] start = vocabulary.Encode(text[..100]);
        Assert.Equal(text[..100], vocabulary.Decode(start));
    }
}
