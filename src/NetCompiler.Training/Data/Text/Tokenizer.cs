using System.Text;

namespace NetCompiler;

/// <summary>Splits texts into tokens. Derive from it for another way.</summary>
public abstract class Tokenizer
{
    /// <summary>
    /// Words, as Keras's TextVectorization makes them by default, and line breaks of HTML dropped: lower case (invariant), <c>&lt;br /&gt;</c> becomes a space, the
    /// ASCII punctuation marks are removed (so that "don't" is one word), what stands between white space is a token.
    /// </summary>
    public static Tokenizer Words { get; } = new WordTokenizer();

    /// <summary>Every Unicode character (code point) as it is, white space and line breaks too.</summary>
    public static Tokenizer Characters { get; } = new CharacterTokenizer();

    /// <summary>A name for the way of splitting; a vocabulary is saved with it.</summary>
    public abstract string Name { get; }

    /// <summary>What stands between two tokens when they are put together again.</summary>
    public virtual string Separator => " ";

    /// <summary>The tokens of a text, in order.</summary>
    public abstract IReadOnlyList<string> Split(string text);

    private sealed class WordTokenizer : Tokenizer
    {
        private const string LineBreak = "<br />";

        public override string Name => "words";

        public override IReadOnlyList<string> Split(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            List<string> tokens = [];
            StringBuilder word = new();
            for (int i = 0; i < text.Length; i++)
            {
                char letter = text[i];
                bool isLineBreak = letter == '<' && text.AsSpan(i).StartsWith(LineBreak, StringComparison.OrdinalIgnoreCase);
                if (isLineBreak)
                {
                    i += LineBreak.Length - 1;
                }

                if (isLineBreak || char.IsWhiteSpace(letter))
                {
                    Flush(word, tokens);
                }
                else if (!(char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter))))
                {
                    word.Append(char.ToLowerInvariant(letter));
                }
            }

            Flush(word, tokens);
            return tokens;
        }

        private static void Flush(StringBuilder word, List<string> tokens)
        {
            if (word.Length > 0)
            {
                tokens.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private sealed class CharacterTokenizer : Tokenizer
    {
        public override string Name => "characters";

        public override string Separator => "";

        public override IReadOnlyList<string> Split(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            List<string> tokens = new(text.Length);
            Dictionary<int, string> seen = [];
            foreach (Rune rune in text.EnumerateRunes())
            {
                if (!seen.TryGetValue(rune.Value, out string? token))
                {
                    seen.Add(rune.Value, token = rune.ToString());
                }

                tokens.Add(token);
            }

            return tokens;
        }
    }
}
