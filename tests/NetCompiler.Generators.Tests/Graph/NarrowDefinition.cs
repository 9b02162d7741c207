namespace NetCompiler.Generators.Tests.Graph;

/// <summary>What bfloat16 is, from its definition: 8 bits of a number, counted from its first one, or from 2^-126; memory holds a pair of them as the number of its bits.</summary>
internal static class NarrowDefinition
{
    private const int FractionBits = 7, LeastExponent = -126;

    /// <summary>The nearest bfloat16, the even one of two; what does not fit is infinite.</summary>
    public static double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        double last = Math.ScaleB(1, Math.Max(Math.ILogB(value), LeastExponent) - FractionBits);
        return (float)(Math.Round(value / last, MidpointRounding.ToEven) * last);
    }

    /// <summary>Two values, rounded, as one element.</summary>
    public static double Pair(double low, double high) => Bits(low) | (Bits(high) << 16);

    /// <summary>A value of an element; what is no pair of bits spoils the result.</summary>
    public static double Half(double pair, bool isHigh) => pair >= 0 && pair <= uint.MaxValue && pair == Math.Floor(pair)
        ? BitConverter.UInt32BitsToSingle(isHigh ? (uint)pair & 0xFFFF0000 : (uint)pair << 16) : double.NaN;

    private static uint Bits(double value) => BitConverter.SingleToUInt32Bits((float)Round(value)) >> 16;
}
