namespace NetCompiler;

/// <summary>
/// A bijection of the numbers below a size that is a function of a seed alone, without a table: a Feistel network over the next power of four, walked along its cycles until
/// the number is below the size (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002), with Philox4x32-10 as the round function.
/// </summary>
internal static class IndexPermutation
{
    private const int Rounds = 6;
    private const uint Purpose = 0x5345_5049;

    /// <summary>Where a number goes.</summary>
    public static long Apply(long index, long size, int seed)
    {
        int half = 1;
        while (half < 31 && 1L << (2 * half) < size)
        {
            half++;
        }

        // At most four in five numbers of the domain are outside, so that few steps are taken.
        uint mask = (1u << half) - 1;
        long place = index;
        do
        {
            uint left = (uint)(place >> half) & mask, right = (uint)place & mask;
            for (uint round = 0; round < Rounds; round++)
            {
                (uint word, _, _, _) = Philox.Block(right, round, (uint)half, 0, (uint)seed, Purpose);
                (left, right) = (right, left ^ (word & mask));
            }

            place = ((long)left << half) | right;
        }
        while (place >= size);
        return place;
    }
}
