namespace NetCompiler;

/// <summary>Random orders that are a function of seed and epoch alone: Fisher and Yates's shuffle over Philox4x32-10.</summary>
internal static class Permutation
{
    // Keeps the stream apart from those of the same seed with another purpose.
    private const uint Purpose = 0x5348_5546;

    /// <summary>Writes the numbers from 0 to the span's length, shuffled.</summary>
    public static void Fill(Span<int> order, int seed, int epoch)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Span<uint> block = stackalloc uint[4];
        for (int i = order.Length - 1; i > 0; i--)
        {
            int draw = order.Length - 1 - i;
            if (draw % 2 == 0)
            {
                (block[0], block[1], block[2], block[3]) = Philox.Block((uint)draw / 2, (uint)epoch, 0, 0, (uint)seed, Purpose);
            }

            // 64 random bits times the range: the bias is below 2^-32.
            int word = draw % 2 * 2;
            ulong bits = ((ulong)block[word] << 32) | block[word + 1];
            int other = (int)Math.BigMul(bits, (ulong)i + 1, out _);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
