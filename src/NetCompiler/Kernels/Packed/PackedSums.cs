using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Adds up what blocks of samples have summed for themselves.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedSums
{
    /// <summary>y[i] = b0[i] + b1[i] + ..., from the first block to the last, or that added to y: one order, however many threads have filled the blocks.</summary>
    /// <param name="blocks">The sums of the first block.</param>
    /// <param name="stride">The floats between blocks.</param>
    /// <param name="count">The number of blocks, at least 1.</param>
    /// <param name="destination">Where the totals go.</param>
    /// <param name="length">The floats of a block's sums: a multiple of 16.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref float blocks, int stride, int count, ref float destination, int length, bool accumulate)
    {
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            ref float block = ref Unsafe.Add(ref blocks, i);
            Vector<float> sum = Load(ref block);
            for (int left = count - 1; left > 0; left--)
            {
                block = ref Unsafe.Add(ref block, stride);
                sum += Load(ref block);
            }

            ref float total = ref Unsafe.Add(ref destination, i);
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref total), accumulate ? Load(ref total) + sum : sum);
        }
    }

    private static Vector<float> Load(ref float at) => Unsafe.ReadUnaligned<Vector<float>>(ref Unsafe.As<float, byte>(ref at));
}
