using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class RandomKernel
{
    // 16 counters of four words.
    private const int GroupLength = 64;
    private const float TwoToMinus24 = 1f / 16777216f;

    /// <summary>Uniform numbers for one sample, up to the next multiple of 16 columns.</summary>
    private static void FillRow(ref float row, int columns, uint sample, ulong step, ulong key)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            FillRow512(ref row, columns, sample, step, key);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            FillRow256(ref row, columns, sample, step, key);
        }
        else
        {
            FillRow128(ref row, columns, sample, step, key);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillRow512(ref float row, int columns, uint sample, ulong step, ulong key)
    {
        Vector512<uint> counter = Vector512<uint>.Indices;
        for (int column = 0; column < columns; column += GroupLength)
        {
            Philox.Block(counter, sample, step, key, out Vector512<uint> word0, out Vector512<uint> word1, out Vector512<uint> word2, out Vector512<uint> word3);
            counter += Vector512.Create((uint)Lanes);
            ref float group = ref Unsafe.Add(ref row, column);
            int left = columns - column;
            ToUniform(word0).StoreUnsafe(ref group);
            if (left > Lanes)
            {
                ToUniform(word1).StoreUnsafe(ref group, Lanes);
            }

            if (left > 2 * Lanes)
            {
                ToUniform(word2).StoreUnsafe(ref group, 2 * Lanes);
            }

            if (left > 3 * Lanes)
            {
                ToUniform(word3).StoreUnsafe(ref group, 3 * Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillRow256(ref float row, int columns, uint sample, ulong step, ulong key)
    {
        for (int column = 0; column < columns; column += GroupLength)
        {
            int left = columns - column;
            for (int part = 0; part < Lanes; part += 8)
            {
                Vector256<uint> counter = Vector256.Create((uint)((column / 4) + part)) + Vector256<uint>.Indices;
                Philox.Block(counter, sample, step, key, out Vector256<uint> word0, out Vector256<uint> word1, out Vector256<uint> word2, out Vector256<uint> word3);
                ref float group = ref Unsafe.Add(ref row, column + part);
                ToUniform(word0).StoreUnsafe(ref group);
                if (left > Lanes)
                {
                    ToUniform(word1).StoreUnsafe(ref group, Lanes);
                }

                if (left > 2 * Lanes)
                {
                    ToUniform(word2).StoreUnsafe(ref group, 2 * Lanes);
                }

                if (left > 3 * Lanes)
                {
                    ToUniform(word3).StoreUnsafe(ref group, 3 * Lanes);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillRow128(ref float row, int columns, uint sample, ulong step, ulong key)
    {
        for (int column = 0; column < columns; column += GroupLength)
        {
            int left = columns - column;
            for (int part = 0; part < Lanes; part += 4)
            {
                Vector128<uint> counter = Vector128.Create((uint)((column / 4) + part)) + Vector128<uint>.Indices;
                Philox.Block(counter, sample, step, key, out Vector128<uint> word0, out Vector128<uint> word1, out Vector128<uint> word2, out Vector128<uint> word3);
                ref float group = ref Unsafe.Add(ref row, column + part);
                ToUniform(word0).StoreUnsafe(ref group);
                if (left > Lanes)
                {
                    ToUniform(word1).StoreUnsafe(ref group, Lanes);
                }

                if (left > 2 * Lanes)
                {
                    ToUniform(word2).StoreUnsafe(ref group, 2 * Lanes);
                }

                if (left > 3 * Lanes)
                {
                    ToUniform(word3).StoreUnsafe(ref group, 3 * Lanes);
                }
            }
        }
    }

    /// <summary>The upper 24 bits as a fraction; through signed integers, whose conversion every instruction set has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ToUniform(Vector512<uint> word) => Vector512.ConvertToSingle((word >> 8).AsInt32()) * TwoToMinus24;

    /// <inheritdoc cref="ToUniform(Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToUniform(Vector256<uint> word) => Vector256.ConvertToSingle((word >> 8).AsInt32()) * TwoToMinus24;

    /// <inheritdoc cref="ToUniform(Vector512{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ToUniform(Vector128<uint> word) => Vector128.ConvertToSingle((word >> 8).AsInt32()) * TwoToMinus24;
}
