using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>The sum of squares of a gradient, in one fixed order per vector width.</summary>
internal static class GradientNorm
{
    private const int Block = 4096;
    private const int WidestVector = 16;

    /// <summary>Adds blocks of 4096 in single precision and the blocks in double, so that long gradients lose no accuracy.</summary>
    public static double SumOfSquares<TLanes>(ReadOnlySpan<float> gradients)
        where TLanes : struct, ILanes<TLanes>
    {
        double sum = 0;
        while (!gradients.IsEmpty)
        {
            ReadOnlySpan<float> block = gradients[..Math.Min(Block, gradients.Length)];
            float part = SumBlock<TLanes>(block);

            // An exploded gradient is what clipping is for: its squares may pass the largest float long before it does.
            sum += float.IsFinite(part) ? part : SumInDouble(block);
            gradients = gradients[block.Length..];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumBlock<TLanes>(ReadOnlySpan<float> block)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float values = ref MemoryMarshal.GetReference(block);
        TLanes even = TLanes.Create(0), odd = TLanes.Create(0);
        nint i = 0;
        for (; i <= block.Length - (2 * TLanes.Width); i += 2 * TLanes.Width)
        {
            TLanes x = TLanes.Load(ref Unsafe.Add(ref values, i)), y = TLanes.Load(ref Unsafe.Add(ref values, i + TLanes.Width));
            even = TLanes.MultiplyAdd(x, x, even);
            odd = TLanes.MultiplyAdd(y, y, odd);
        }

        Span<float> lanes = stackalloc float[WidestVector];
        lanes.Clear();
        TLanes.Store(even + odd, ref lanes[0]);
        float sum = 0;
        foreach (float lane in lanes)
        {
            sum += lane;
        }

        for (; i < block.Length; i++)
        {
            float value = Unsafe.Add(ref values, i);
            sum += value * value;
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
