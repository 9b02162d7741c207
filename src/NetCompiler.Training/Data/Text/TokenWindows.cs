namespace NetCompiler;

/// <summary>Pieces of a long text for a network that learns to tell the next token at every step: columns for a data set.</summary>
/// <param name="Inputs">Count times Length tokens.</param>
/// <param name="Targets">As many: the token after each of the inputs, a class per step.</param>
/// <param name="Length">The number of tokens of a piece.</param>
public sealed record TokenWindows(int[] Inputs, int[] Targets, int Length)
{
    /// <summary>The number of pieces.</summary>
    public int Count => Inputs.Length / Length;

    /// <summary>Cuts a text into pieces; a last piece that is not whole is left out.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="length">The number of tokens of a piece; at least 1.</param>
    /// <param name="stride">The distance from the start of a piece to that of the next; 0 means the length: each token is learned once.</param>
    /// <exception cref="ArgumentException">The text is shorter than one piece and the token after it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1, or the stride negative.</exception>
    public static TokenWindows Create(ReadOnlySpan<int> tokens, int length, int stride = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        if (tokens.Length <= length)
        {
            throw new ArgumentException($"The text has {tokens.Length} tokens, but one piece needs {(long)length + 1}: {length} and the one after them.", nameof(tokens));
        }

        int step = stride == 0 ? length : stride, count = 1 + ((tokens.Length - length - 1) / step);
        int[] inputs = new int[checked(count * length)], targets = new int[inputs.Length];
        for (int i = 0; i < count; i++)
        {
            tokens.Slice(i * step, length).CopyTo(inputs.AsSpan(i * length));
            tokens.Slice((i * step) + 1, length).CopyTo(targets.AsSpan(i * length));
        }

        return new TokenWindows(inputs, targets, length);
    }
}
