namespace NetCompiler.Generators.Tests.Graph;

/// <summary>What bfloat16 is, from its definition: 8 bits of a number, counted from its first one, or from 2^-126; memory holds a pair of them as the number of its bits.</summary>
internal static class NarrowDefinition
{
    private const int FractionBits = 7, LeastExponent = -126, Panel = 32;
    private const double Unit = 65536, Sign = 0x8000, LeastUpper = 0x0D80;

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

    /// <summary>The values of a matrix: columns j and j + 16 of 32 share an element, whose whole bits are the second value.</summary>
    public static double[] RoundColumns(double[] values, int columns) => [.. values.Select((value, i) => (i % columns % Panel) switch
    {
        < Panel / 2 => Round(value),
        _ => Half(Pair(values[i - (Panel / 2)], value), isHigh: true),
    })];

    /// <summary>Two values, rounded, as one element: of the floats that end in the first one's bits, the second one is the nearest. Random weights are none of the exceptions to that but zero.</summary>
    public static double Pair(double low, double high)
    {
        uint lower = Bits(low);
        double nearest = Math.Max(Math.Floor((BitConverter.SingleToUInt32Bits((float)Math.Abs(high)) - (double)lower) / Unit + 0.5), LeastUpper);
        return ((double.IsNegative(high) ? Sign : 0) + nearest) * Unit + lower;
    }

    /// <summary>A value of an element; what is no pair of bits spoils the result.</summary>
    public static double Half(double pair, bool isHigh) => pair >= 0 && pair <= uint.MaxValue && pair == Math.Floor(pair)
        ? BitConverter.UInt32BitsToSingle(isHigh ? (uint)pair : (uint)pair << 16) : double.NaN;

    private static uint Bits(double value) => BitConverter.SingleToUInt32Bits((float)Round(value)) >> 16;
}
