using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>The sum of squares of a gradient, in one fixed order.</summary>
internal static class GradientNorm
{
    private const int Block = 4096;

    /// <summary>Adds blocks of 4096 in single precision and the blocks in double, so that long gradients lose no accuracy.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> gradients)
    {
        double sum = 0;
        while (!gradients.IsEmpty)
        {
            ReadOnlySpan<float> block = gradients[..Math.Min(Block, gradients.Length)];
            float part = Vector512.IsHardwareAccelerated ? SumBlock512(block) : SumBlock128(block);

            // An exploded gradient is what clipping is for: its squares may pass the largest float long before it does.
            sum += float.IsFinite(part) ? part : SumInDouble(block);
            gradients = gradients[block.Length..];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumBlock512(ReadOnlySpan<float> block)
    {
        ref float values = ref MemoryMarshal.GetReference(block);
        Vector512<float> even = Vector512<float>.Zero, odd = Vector512<float>.Zero;
        int i = 0;
        for (; i <= block.Length - 32; i += 32)
        {
            Vector512<float> x = Vector512.LoadUnsafe(ref values, (nuint)i), y = Vector512.LoadUnsafe(ref values, (nuint)i + 16);
            even += x * x;
            odd += y * y;
        }

        float sum = Vector512.Sum(even + odd);
        for (; i < block.Length; i++)
        {
            sum += block[i] * block[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumBlock128(ReadOnlySpan<float> block)
    {
        ref float values = ref MemoryMarshal.GetReference(block);
        Vector128<float> a = Vector128<float>.Zero, b = Vector128<float>.Zero, c = Vector128<float>.Zero, d = Vector128<float>.Zero;
        int i = 0;
        for (; i <= block.Length - 16; i += 16)
        {
            Vector128<float> x = Vector128.LoadUnsafe(ref values, (nuint)i), y = Vector128.LoadUnsafe(ref values, (nuint)i + 4);
            Vector128<float> z = Vector128.LoadUnsafe(ref values, (nuint)i + 8), w = Vector128.LoadUnsafe(ref values, (nuint)i + 12);
            a += x * x;
            b += y * y;
            c += z * z;
            d += w * w;
        }

        float sum = Vector128.Sum((a + b) + (c + d));
        for (; i < block.Length; i++)
        {
            sum += block[i] * block[i];
        }

        return sum;
    }

    private static double SumInDouble(ReadOnlySpan<float> block)
    {
        double sum = 0;
        foreach (float value in block)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
