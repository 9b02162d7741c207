using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// The random numbers of one weight: keyed by the seed and the purpose, counted by the weight's ordinal and the element, so that each
/// element has its value whatever is drawn before it.
/// </summary>
internal readonly struct RandomValues(int seed, int ordinal)
{
    /// <summary>The key's second word for first values of weights ("init" in ASCII), apart from those of dropout and shuffling.</summary>
    private const uint Purpose = 0x696E6974;

    private const int BlockLength = 4;

    private readonly uint _seed = (uint)seed;
    private readonly uint _ordinal = (uint)ordinal;

    /// <summary>Draws values in [-limit, limit), from element <paramref name="start"/> on, a multiple of 4; the destination's length is one, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Uniform(int start, double limit, Span<float> destination)
    {
        // The upper 24 bits as a signed number in [-2^23, 2^23): exact in a float, so that one rounding remains.
        float scale = (float)(limit / (1 << 23));
        uint block = (uint)start / BlockLength;
        for (int i = 0; i + BlockLength <= destination.Length; i += BlockLength, block++)
        {
            (uint a, uint b, uint c, uint d) = Philox.Block(block, 0, _ordinal, 0, _seed, Purpose);
            destination[i] = ((int)a >> 8) * scale;
            destination[i + 1] = ((int)b >> 8) * scale;
            destination[i + 2] = ((int)c >> 8) * scale;
            destination[i + 3] = ((int)d >> 8) * scale;
        }
    }

    /// <summary>Draws normal values with mean 0, from element <paramref name="start"/> on; truncated ones are drawn again beyond two deviations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Normal(int start, double deviation, bool isTruncated, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            double value = Normal(start + i, 0);
            for (uint attempt = 1; isTruncated && Math.Abs(value) > 2; attempt++)
            {
                value = Normal(start + i, attempt);
            }

            destination[i] = (float)(value * deviation);
        }
    }

    /// <summary>One normal value with mean 0 and deviation 1: Box and Muller's transform of two uniform numbers of 53 and 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Normal(int element, uint attempt)
    {
        (uint a, uint b, uint c, _) = Philox.Block((uint)element, 1, _ordinal, attempt, _seed, Purpose);

        // In (0, 1], so that the logarithm is finite.
        double radius = ((((ulong)a << 21) ^ (b >> 11)) + 1) * (1.0 / (1UL << 53));
        return Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(c * (2 * Math.PI / (1UL << 32)));
    }
}
