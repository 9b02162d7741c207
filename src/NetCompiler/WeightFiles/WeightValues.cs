using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>Checks on the values of a weight on their way to or from a file.</summary>
internal static class WeightValues
{
    private const uint ExponentMask = 0x7F80_0000;

    /// <summary>Refuses NaN and infinities, naming the first with its index.</summary>
    /// <exception cref="WeightFileException">A value is not finite.</exception>
    public static void RequireFinite(ReadOnlySpan<float> values, string name, ReadOnlySpan<int> shape, string consequence)
    {
        int position = IndexOfNonFinite(values);
        if (position >= 0)
        {
            float value = values[position];
            string text = float.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinite";
            throw new WeightFileException($"{name}[{IndexText(position, shape)}] is {text}. {consequence}.", name);
        }
    }

    /// <summary>The place of the first NaN or infinity, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if ((BitConverter.SingleToUInt32Bits(values[i]) & ExponentMask) == ExponentMask)
            {
                return i;
            }
        }

        return -1;
    }

    private static string IndexText(int position, ReadOnlySpan<int> shape)
    {
        int[] index = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }

        return string.Join(", ", index);
    }
}
