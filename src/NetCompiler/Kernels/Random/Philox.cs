using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>
/// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011): a keyed bijection of
/// 128-bit counters, so that any number of any stream is computed on its own.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;
    private const ulong LowHalf = 0xFFFFFFFF;

    /// <summary>The four words of one counter: word 0 of <paramref name="counter0"/> is the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * counter0;
            ulong product1 = (ulong)Multiplier1 * counter2;
            counter0 = (uint)(product1 >> 32) ^ counter1 ^ key0;
            counter1 = (uint)product1;
            counter2 = (uint)(product0 >> 32) ^ counter3 ^ key1;
            counter3 = (uint)product0;
            key0 += KeyStep0;
            key1 += KeyStep1;
        }

        return (counter0, counter1, counter2, counter3);
    }

    /// <summary>
    /// The key of a stream: the finisher of SplitMix64 (Steele, Lea and Flood, 2014), a bijection of 64 bits, applied to the seed and again after the purpose and
    /// the layer were mixed in, so that neighbouring seeds and layers give unrelated keys and no two layers of one seed the same.
    /// </summary>
    public static ulong Key(ulong seed, uint purpose, uint layer) => Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ (((ulong)purpose << 32) | layer));

    /// <summary>
    /// The four words of 16 (8, 4) counters that differ in their first word. The even and the odd lanes are worked on apart, in lanes of 64 bits whose upper halves
    /// are rubbish: the multiplication reads lower halves only, so nothing needs to be put back together before the end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Block(
        Vector512<uint> counter0, uint counter1, ulong counter23, ulong key, out Vector512<uint> word0, out Vector512<uint> word1, out Vector512<uint> word2, out Vector512<uint> word3)
    {
        Vector512<ulong> even0 = counter0.AsUInt64();
        Vector512<ulong> odd0 = counter0.AsUInt64() >> 32;
        Vector512<ulong> even1 = Vector512.Create((ulong)counter1);
        Vector512<ulong> odd1 = even1;
        Vector512<ulong> even2 = Vector512.Create(counter23);
        Vector512<ulong> odd2 = even2;
        Vector512<ulong> even3 = Vector512.Create(counter23 >> 32);
        Vector512<ulong> odd3 = even3;
        Vector512<ulong> key0 = Vector512.Create(key);
        Vector512<ulong> key1 = Vector512.Create(key >> 32);
        Vector512<ulong> multiplier0 = Vector512.Create((ulong)Multiplier0);
        Vector512<ulong> multiplier1 = Vector512.Create((ulong)Multiplier1);
        for (int round = 0; round < Rounds; round++)
        {
            Vector512<ulong> evenProduct0 = MultiplyLowHalves(even0, multiplier0);
            Vector512<ulong> oddProduct0 = MultiplyLowHalves(odd0, multiplier0);
            Vector512<ulong> evenProduct1 = MultiplyLowHalves(even2, multiplier1);
            Vector512<ulong> oddProduct1 = MultiplyLowHalves(odd2, multiplier1);
            even0 = (evenProduct1 >> 32) ^ even1 ^ key0;
            odd0 = (oddProduct1 >> 32) ^ odd1 ^ key0;
            even1 = evenProduct1;
            odd1 = oddProduct1;
            even2 = (evenProduct0 >> 32) ^ even3 ^ key1;
            odd2 = (oddProduct0 >> 32) ^ odd3 ^ key1;
            even3 = evenProduct0;
            odd3 = oddProduct0;
            key0 += Vector512.Create((ulong)KeyStep0);
            key1 += Vector512.Create((ulong)KeyStep1);
        }

        word0 = Interleave(even0, odd0);
        word1 = Interleave(even1, odd1);
        word2 = Interleave(even2, odd2);
        word3 = Interleave(even3, odd3);
    }

    /// <inheritdoc cref="Block(Vector512{uint}, uint, ulong, ulong, out Vector512{uint}, out Vector512{uint}, out Vector512{uint}, out Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Block(
        Vector256<uint> counter0, uint counter1, ulong counter23, ulong key, out Vector256<uint> word0, out Vector256<uint> word1, out Vector256<uint> word2, out Vector256<uint> word3)
    {
        Vector256<ulong> even0 = counter0.AsUInt64();
        Vector256<ulong> odd0 = counter0.AsUInt64() >> 32;
        Vector256<ulong> even1 = Vector256.Create((ulong)counter1);
        Vector256<ulong> odd1 = even1;
        Vector256<ulong> even2 = Vector256.Create(counter23);
        Vector256<ulong> odd2 = even2;
        Vector256<ulong> even3 = Vector256.Create(counter23 >> 32);
        Vector256<ulong> odd3 = even3;
        Vector256<ulong> key0 = Vector256.Create(key);
        Vector256<ulong> key1 = Vector256.Create(key >> 32);
        Vector256<ulong> multiplier0 = Vector256.Create((ulong)Multiplier0);
        Vector256<ulong> multiplier1 = Vector256.Create((ulong)Multiplier1);
        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> evenProduct0 = MultiplyLowHalves(even0, multiplier0);
            Vector256<ulong> oddProduct0 = MultiplyLowHalves(odd0, multiplier0);
            Vector256<ulong> evenProduct1 = MultiplyLowHalves(even2, multiplier1);
            Vector256<ulong> oddProduct1 = MultiplyLowHalves(odd2, multiplier1);
            even0 = (evenProduct1 >> 32) ^ even1 ^ key0;
            odd0 = (oddProduct1 >> 32) ^ odd1 ^ key0;
            even1 = evenProduct1;
            odd1 = oddProduct1;
            even2 = (evenProduct0 >> 32) ^ even3 ^ key1;
            odd2 = (oddProduct0 >> 32) ^ odd3 ^ key1;
            even3 = evenProduct0;
            odd3 = oddProduct0;
            key0 += Vector256.Create((ulong)KeyStep0);
            key1 += Vector256.Create((ulong)KeyStep1);
        }

        word0 = Interleave(even0, odd0);
        word1 = Interleave(even1, odd1);
        word2 = Interleave(even2, odd2);
        word3 = Interleave(even3, odd3);
    }

    /// <inheritdoc cref="Block(Vector512{uint}, uint, ulong, ulong, out Vector512{uint}, out Vector512{uint}, out Vector512{uint}, out Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Block(
        Vector128<uint> counter0, uint counter1, ulong counter23, ulong key, out Vector128<uint> word0, out Vector128<uint> word1, out Vector128<uint> word2, out Vector128<uint> word3)
    {
        Vector128<ulong> even0 = counter0.AsUInt64();
        Vector128<ulong> odd0 = counter0.AsUInt64() >> 32;
        Vector128<ulong> even1 = Vector128.Create((ulong)counter1);
        Vector128<ulong> odd1 = even1;
        Vector128<ulong> even2 = Vector128.Create(counter23);
        Vector128<ulong> odd2 = even2;
        Vector128<ulong> even3 = Vector128.Create(counter23 >> 32);
        Vector128<ulong> odd3 = even3;
        Vector128<ulong> key0 = Vector128.Create(key);
        Vector128<ulong> key1 = Vector128.Create(key >> 32);
        Vector128<ulong> multiplier0 = Vector128.Create((ulong)Multiplier0);
        Vector128<ulong> multiplier1 = Vector128.Create((ulong)Multiplier1);
        for (int round = 0; round < Rounds; round++)
        {
            Vector128<ulong> evenProduct0 = MultiplyLowHalves(even0, multiplier0);
            Vector128<ulong> oddProduct0 = MultiplyLowHalves(odd0, multiplier0);
            Vector128<ulong> evenProduct1 = MultiplyLowHalves(even2, multiplier1);
            Vector128<ulong> oddProduct1 = MultiplyLowHalves(odd2, multiplier1);
            even0 = (evenProduct1 >> 32) ^ even1 ^ key0;
            odd0 = (oddProduct1 >> 32) ^ odd1 ^ key0;
            even1 = evenProduct1;
            odd1 = oddProduct1;
            even2 = (evenProduct0 >> 32) ^ even3 ^ key1;
            odd2 = (oddProduct0 >> 32) ^ odd3 ^ key1;
            even3 = evenProduct0;
            odd3 = oddProduct0;
            key0 += Vector128.Create((ulong)KeyStep0);
            key1 += Vector128.Create((ulong)KeyStep1);
        }

        word0 = Interleave(even0, odd0);
        word1 = Interleave(even1, odd1);
        word2 = Interleave(even2, odd2);
        word3 = Interleave(even3, odd3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLowHalves(Vector512<ulong> a, Vector512<ulong> b) =>
        Avx512F.IsSupported ? Avx512F.Multiply(a.AsUInt32(), b.AsUInt32()) : (a & Vector512.Create(LowHalf)) * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyLowHalves(Vector256<ulong> a, Vector256<ulong> b) =>
        Avx2.IsSupported ? Avx2.Multiply(a.AsUInt32(), b.AsUInt32()) : (a & Vector256.Create(LowHalf)) * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLowHalves(Vector128<ulong> a, Vector128<ulong> b) =>
        Sse2.IsSupported ? Sse2.Multiply(a.AsUInt32(), b.AsUInt32()) : (a & Vector128.Create(LowHalf)) * b;

    /// <summary>The lower halves of both, in the order of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Interleave(Vector512<ulong> even, Vector512<ulong> odd) => ((even & Vector512.Create(LowHalf)) | (odd << 32)).AsUInt32();

    /// <inheritdoc cref="Interleave(Vector512{ulong}, Vector512{ulong})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Interleave(Vector256<ulong> even, Vector256<ulong> odd) => ((even & Vector256.Create(LowHalf)) | (odd << 32)).AsUInt32();

    /// <inheritdoc cref="Interleave(Vector512{ulong}, Vector512{ulong})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Interleave(Vector128<ulong> even, Vector128<ulong> odd) => ((even & Vector128.Create(LowHalf)) | (odd << 32)).AsUInt32();

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
