using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>
/// Philox4x32-10, a counter-based generator: block number in, four random words out, no state (Salmon et al., "Parallel random numbers: as
/// easy as 1, 2, 3", 2011).
/// </summary>
internal readonly struct Philox4x32(uint key0, uint key1)
{
    private const int Rounds = 10;
    private const ulong Multiplier0 = 0xD2511F53;
    private const ulong Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Replaces a counter by its four random words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scramble(ref uint word0, ref uint word1, ref uint word2, ref uint word3)
    {
        uint c0 = word0, c1 = word1, c2 = word2, c3 = word3, k0 = key0, k1 = key1;
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = Multiplier0 * c0, product1 = Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c3 = (uint)product0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        (word0, word1, word2, word3) = (c0, c1, c2, c3);
    }
}
