using Xunit;

namespace NetCompiler.Tests.Training.Data.Text;

public sealed class VocabularyTests
{
    private static readonly string[] Texts = ["the cat and the dog", "The bird", "a dog"];

    [Fact]
    public void FrequentTokensComeFirst_EqualOnesInOrdinalOrder()
    {
        Vocabulary vocabulary = Vocabulary.Build(Texts);
        Assert.Equal(["the", "dog", "a", "and", "bird", "cat"], vocabulary.Tokens);
        Assert.Equal((8, 2, 3, 1), (vocabulary.Size, vocabulary["the"], vocabulary["dog"], vocabulary["fish"]));
        Assert.Equal(vocabulary.Tokens, Vocabulary.Build(Texts.Reverse()).Tokens);
    }

    [Fact]
    public void Size_CountsTheReservedNumbers()
    {
        Vocabulary vocabulary = Vocabulary.Build(Texts, size: 4);
        Assert.Equal(["the", "dog"], vocabulary.Tokens);
        Assert.Equal([2, 1, 1, 2, 3], vocabulary.Encode(Texts[0]));
        Assert.Contains("A vocabulary of 2 has no room for tokens", Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.Build(Texts, size: 2)).Message);
    }

    [Fact]
    public void Numbers_BecomeTokensAgain()
    {
        Vocabulary vocabulary = Vocabulary.Build(Texts, size: 4);
        Assert.Equal("the [UNK] dog", vocabulary.Decode([0, 0, 2, 1, 3]));
        Assert.Equal("abba", Vocabulary.Build(["ab"], tokenizer: Tokenizer.Characters).Decode([2, 3, 3, 2]));
        Assert.Contains("4 is outside the vocabulary: numbers are 0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.TokenOf(4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.TokenOf(-1));
    }

    [Fact]
    public void Column_IsPadded() => Assert.Equal([0, 2, 1, 1, 2, 3], Vocabulary.Build(Texts, size: 4).Encode(["the fish", "a the dog"], 3));

    [Fact]
    public void SavedWithANetwork_ComesBackTheSame()
    {
        Vocabulary words = Vocabulary.Build(Texts, size: 5), characters = Vocabulary.Build(["a\nb\\n\u00E9\U0001F600\r"], tokenizer: Tokenizer.Characters);
        Net network = new();
        words.Store(network);
        characters.Store(network, "letters");
        using MemoryStream file = new();
        network.Save(file);
        file.Position = 0;
        Net loaded = new();
        loaded.LoadWeights(file);
        Assert.Equal(words.Tokens, Vocabulary.Restore(loaded).Tokens);
        Vocabulary restored = Vocabulary.Restore(loaded, "letters");
        Assert.Equal(characters.Tokens, restored.Tokens);
        Assert.Same(Tokenizer.Characters, restored.Tokenizer);
        Assert.Equal(characters.Encode("\\n\n"), restored.Encode("\\n\n"));
    }

    [Theory]
    [InlineData("hello", "The text is no vocabulary: it starts with \"hello\"")]
    [InlineData("vocabulary 1 syllables\na", "saved with the tokenizer \"syllables\": give it")]
    [InlineData("vocabulary 1 words\na\nb\na", "holds the token \"a\" twice, again in line 4")]
    [InlineData("vocabulary 1 words\na\\b", "Line 2 of the vocabulary has a backslash that escapes nothing: \"a\\b\"")]
    [InlineData("vocabulary 1 words\na\\", "Line 2 of the vocabulary has a backslash that escapes nothing")]
    public void DamagedText_IsNamed(string text, string message) => Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Vocabulary.Parse(text)).Message);

    [Fact]
    public void OtherTokenizer_IsRefused()
    {
        string saved = Vocabulary.Build(Texts).ToString();
        Assert.Contains("saved with the tokenizer \"words\", but \"characters\" was given", Assert.Throws<InvalidDataException>(() => Vocabulary.Parse(saved, Tokenizer.Characters)).Message);
    }

    [Fact]
    public void MissingKey_NamesThoseThereAre()
    {
        Net network = new();
        Assert.Contains("The metadata of Net has no \"vocabulary\"; it has nothing", Assert.Throws<KeyNotFoundException>(() => Vocabulary.Restore(network)).Message);
        network.Metadata["words"] = "";
        Assert.Contains("it has words", Assert.Throws<KeyNotFoundException>(() => Vocabulary.Restore(network)).Message);
    }
}
