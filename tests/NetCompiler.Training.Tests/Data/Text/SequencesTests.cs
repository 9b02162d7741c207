using Xunit;

namespace NetCompiler.Tests.Training.Data.Text;

public sealed class SequencesTests
{
    private static readonly int[][] Three = [[1, 2, 3, 4], [5], []];

    [Fact]
    public void ByDefault_BothAreAtTheFrontAsInKeras() => Assert.Equal([2, 3, 4, 0, 0, 5, 0, 0, 0], Sequences.Pad(Three, 3));

    [Theory]
    [InlineData(SequencePadding.Back, SequenceCut.Front, new[] { 2, 3, 4, 5, 9, 9, 9, 9, 9 })]
    [InlineData(SequencePadding.Back, SequenceCut.Back, new[] { 1, 2, 3, 5, 9, 9, 9, 9, 9 })]
    [InlineData(SequencePadding.Front, SequenceCut.Back, new[] { 1, 2, 3, 9, 9, 5, 9, 9, 9 })]
    public void EitherSide_CanBeChosen(SequencePadding pad, SequenceCut cut, int[] expected) => Assert.Equal(expected, Sequences.Pad(Three, 3, pad, cut, padding: 9));

    [Fact]
    public void LongSequences_CanBeRefused()
    {
        Assert.Contains("Sequence 0 has 4 tokens, but at most 3 fit", Assert.Throws<ArgumentException>(() => Sequences.Pad(Three, 3, cut: SequenceCut.Refuse)).Message);
        Assert.Equal(12, Sequences.Pad(Three, 4, cut: SequenceCut.Refuse).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sequences.Pad(Three, 0));
        Assert.Equal("pad", Assert.Throws<ArgumentOutOfRangeException>(() => Sequences.Pad(Three, 3, (SequencePadding)2)).ParamName);
        Assert.Equal("cut", Assert.Throws<ArgumentOutOfRangeException>(() => Sequences.Pad(Three, 4, cut: (SequenceCut)3)).ParamName);
    }
}
