using System.Text;

namespace NetCompiler;

/// <summary>
/// The tokens that a network knows, each with its number: 0 pads, 1 stands for every unknown token, then the known ones, the most frequent first. As one string
/// it is stored with a network's weights, so that training and serving cannot differ.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The number that fills sequences up: <c>[Tokens(.., Padding = 0)]</c>.</summary>
    public const int Padding = 0;

    /// <summary>The number of every token that the vocabulary does not hold.</summary>
    public const int Unknown = 1;

    /// <summary>The key under which networks hold it in their metadata, unless another is given.</summary>
    public const string MetadataKey = "vocabulary";

    private const string UnknownToken = "[UNK]";
    private const int Reserved = 2;
    private const string Format = "vocabulary 1 ";

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly string[] _tokens;

    private Vocabulary(string[] tokens, Tokenizer tokenizer)
    {
        _tokens = tokens;
        Tokenizer = tokenizer;
        Tokens = Array.AsReadOnly(tokens);
        for (int i = 0; i < tokens.Length; i++)
        {
            _ids.Add(tokens[i], Reserved + i);
        }
    }

    /// <summary>How texts are split.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The number of different numbers, the two reserved ones included: the <c>Vocabulary</c> of the network's token input is at least this.</summary>
    public int Size => Reserved + _tokens.Length;

    /// <summary>The known tokens; the one at index i has the number i + 2.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The number of a token, <see cref="Unknown"/> where it is not known.</summary>
    public int this[string token] => _ids.GetValueOrDefault(token, Unknown);

    /// <summary>Counts the tokens of texts and keeps the most frequent; of equally frequent ones the first in ordinal order comes first.</summary>
    /// <param name="texts">The texts, those of training only.</param>
    /// <param name="size">The largest <see cref="Size"/>, the two reserved numbers included, as Keras's max_tokens; by default everything is kept.</param>
    /// <param name="tokenizer">How texts are split; null means <see cref="Tokenizer.Words"/>.</param>
    /// <param name="progress">Is told of the texts, now and then and at the end.</param>
    /// <param name="cancellationToken">Ends the pass between two texts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size leaves no room for a token: it is below 3.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Vocabulary Build(
        IEnumerable<string> texts,
        int size = int.MaxValue,
        Tokenizer? tokenizer = null,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (size <= Reserved)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, $"A vocabulary of {size} has no room for tokens: {Padding} and {Unknown} are reserved.");
        }

        tokenizer ??= Tokenizer.Words;
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        DataPass pass = new(progress, texts.TryGetNonEnumeratedCount(out int count) ? count : null, cancellationToken);
        pass.ThrowIfCanceled();
        foreach (string text in texts)
        {
            foreach (string token in tokenizer.Split(text))
            {
                counts[token] = counts.GetValueOrDefault(token) + 1;
            }

            pass.Advance();
            pass.ThrowIfCanceled();
        }

        pass.End();

        string[] kept = [.. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(size - Reserved).Select(entry => entry.Key)];
        return new Vocabulary(kept, tokenizer);
    }

    /// <summary>The numbers of a text's tokens.</summary>
    public int[] Encode(string text)
    {
        IReadOnlyList<string> tokens = Tokenizer.Split(text);
        int[] ids = new int[tokens.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = this[tokens[i]];
        }

        return ids;
    }

    /// <summary>The numbers of many texts, each brought to one length as <see cref="Sequences.Pad"/> does: the column of a token input.</summary>
    /// <exception cref="ArgumentException">A text has more tokens than the length, and <paramref name="cut"/> refuses that.</exception>
    public int[] Encode(IEnumerable<string> texts, int length, SequencePadding pad = SequencePadding.Front, SequenceCut cut = SequenceCut.Front)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Sequences.Pad([.. texts.Select(Encode)], length, pad, cut, Padding);
    }

    /// <summary>The token of a number: empty for <see cref="Padding"/>, [UNK] for <see cref="Unknown"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the vocabulary.</exception>
    public string TokenOf(int id) => id switch
    {
        Padding => "",
        Unknown => UnknownToken,
        _ when (uint)id < (uint)Size => _tokens[id - Reserved],
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, $"{id} is outside the vocabulary: numbers are 0 to {Size - 1}."),
    };

    /// <summary>The text of numbers, padding left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        List<string> tokens = [];
        foreach (int id in ids)
        {
            if (id != Padding)
            {
                tokens.Add(TokenOf(id));
            }
        }

        return string.Join(Tokenizer.Separator, tokens);
    }

    /// <summary>Stores the vocabulary in a network's metadata, to be saved with its weights.</summary>
    public void Store(INetwork network, string key = MetadataKey)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.Metadata[key] = ToString();
    }

    /// <summary>Restores the vocabulary that a network was saved with.</summary>
    /// <param name="network">The network.</param>
    /// <param name="key">The key of its metadata.</param>
    /// <param name="tokenizer">How texts are split, where the vocabulary was built with a tokenizer of one's own; its name must be the saved one.</param>
    /// <exception cref="KeyNotFoundException">The network's metadata has no such key; the message names those there are.</exception>
    /// <exception cref="InvalidDataException">The text is no vocabulary, or was saved with another tokenizer.</exception>
    public static Vocabulary Restore(INetwork network, string key = MetadataKey, Tokenizer? tokenizer = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Metadata.TryGetValue(key, out string? text)
            ? Parse(text, tokenizer)
            : throw new KeyNotFoundException(
                $"The metadata of {network.Description.Name} has no \"{key}\"; it has {(network.Metadata.Count == 0 ? "nothing" : string.Join(", ", network.Metadata.Keys.Order(StringComparer.Ordinal)))}.");
    }

    /// <summary>The vocabulary as one text: a line with the format and the tokenizer's name, then a token per line, backslashes and line feeds escaped.</summary>
    public override string ToString() => string.Join('\n', _tokens.Select(Escape).Prepend(Format + Tokenizer.Name));

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="InvalidDataException">The text is no vocabulary, names a token twice, or was saved with another tokenizer.</exception>
    public static Vocabulary Parse(string text, Tokenizer? tokenizer = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.Split('\n');
        if (!lines[0].StartsWith(Format, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The text is no vocabulary: it starts with \"{lines[0][..Math.Min(lines[0].Length, 40)]}\" instead of \"{Format}\" and a tokenizer's name.");
        }

        string name = lines[0][Format.Length..];
        Tokenizer? known = tokenizer ?? new[] { Tokenizer.Words, Tokenizer.Characters }.FirstOrDefault(candidate => candidate.Name == name);
        if (known is null || known.Name != name)
        {
            throw new InvalidDataException($"The vocabulary was saved with the tokenizer \"{name}\"{(known is null ? ": give it" : $", but \"{known.Name}\" was given")}.");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        string[] tokens = new string[lines.Length - 1];
        for (int line = 1; line < lines.Length; line++)
        {
            tokens[line - 1] = Unescape(lines[line], line + 1);
            if (!seen.Add(tokens[line - 1]))
            {
                throw new InvalidDataException($"The vocabulary holds the token \"{tokens[line - 1]}\" twice, again in line {line + 1}.");
            }
        }

        return new Vocabulary(tokens, known);
    }

    private static string Escape(string token) => token.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Unescape(string text, int line)
    {
        int backslash = text.IndexOf('\\');
        if (backslash < 0)
        {
            return text;
        }

        StringBuilder token = new(text, 0, backslash, text.Length);
        for (int i = backslash; i < text.Length; i++)
        {
            char next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] != '\\')
            {
                token.Append(text[i]);
            }
            else if (next is '\\' or 'n')
            {
                token.Append(next == 'n' ? '\n' : '\\');
                i++;
            }
            else
            {
                throw new InvalidDataException($"Line {line} of the vocabulary has a backslash that escapes nothing: \"{text}\".");
            }
        }

        return token.ToString();
    }
}
