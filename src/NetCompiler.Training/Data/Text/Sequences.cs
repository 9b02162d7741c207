namespace NetCompiler;

/// <summary>Where a short sequence is filled up.</summary>
public enum SequencePadding
{
    /// <summary>Before its first token: what recurrent layers read last is the text. Keras's "pre", its default.</summary>
    Front,

    /// <summary>After its last token. Keras's "post".</summary>
    Back,
}

/// <summary>What becomes of a sequence that is too long.</summary>
public enum SequenceCut
{
    /// <summary>Its first tokens are dropped. Keras's "pre", its default.</summary>
    Front,

    /// <summary>Its last tokens are dropped. Keras's "post".</summary>
    Back,

    /// <summary>It is an error.</summary>
    Refuse,
}

/// <summary>Brings sequences of different lengths to one length.</summary>
public static class Sequences
{
    /// <summary>Pads and cuts sequences, by default as Keras's pad_sequences does: both at the front.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="length">The length of every row; at least 1.</param>
    /// <param name="pad">Where short ones are filled up.</param>
    /// <param name="cut">What becomes of long ones.</param>
    /// <param name="padding">The value that fills up.</param>
    /// <returns>As many rows as sequences, one after another.</returns>
    /// <exception cref="ArgumentException">A sequence is longer, and <paramref name="cut"/> refuses that; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1, or there is no such padding or cut.</exception>
    public static int[] Pad(
        IReadOnlyList<int[]> sequences, int length, SequencePadding pad = SequencePadding.Front, SequenceCut cut = SequenceCut.Front, int padding = Vocabulary.Padding)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        DefinedEnum.Require(pad, nameof(pad));
        DefinedEnum.Require(cut, nameof(cut));
        int[] rows = new int[checked(sequences.Count * length)];
        Array.Fill(rows, padding);
        for (int i = 0; i < sequences.Count; i++)
        {
            ReadOnlySpan<int> sequence = sequences[i];
            if (sequence.Length > length)
            {
                sequence = cut switch
                {
                    SequenceCut.Front => sequence[^length..],
                    SequenceCut.Back => sequence[..length],
                    _ => throw new ArgumentException($"Sequence {i} has {sequence.Length} tokens, but at most {length} fit.", nameof(sequences)),
                };
            }

            int start = pad == SequencePadding.Front ? length - sequence.Length : 0;
            sequence.CopyTo(rows.AsSpan((i * length) + start));
        }

        return rows;
    }
}
