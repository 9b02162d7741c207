namespace NetCompiler.Tests.Kernels;

/// <summary>Distances in units in the last place of the exact result.</summary>
internal static class Ulp
{
    /// <summary>From this on, a double rounds to an infinite float.</summary>
    private const double Overflow = float.MaxValue * (1 + (1 / 33554432.0));

    /// <summary>|actual - exact| in units in the last place of a float near exact; 0 for the same NaN or infinity, infinite for another one.</summary>
    public static double Error(float actual, double exact)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (float.IsInfinity(actual) || Math.Abs(exact) >= Overflow)
        {
            // One side of the largest float: its distance is what counts, an infinity standing for the next number beyond it.
            double next = Math.ScaleB(1, 128);
            double a = float.IsInfinity(actual) ? Math.CopySign(next, actual) : actual;
            double e = Math.Clamp(exact, -next, next);
            return Math.Abs(a - e) / Math.ScaleB(1, 104);
        }

        // By the bits: 2 to the power of (the exponent - 23), all of a double's below a float's smallest being that one's.
        const int bias = 1023;
        int exponent = Math.Max((int)((BitConverter.DoubleToUInt64Bits(exact) >> 52) & 0x7FF) - bias, -126);
        return Math.Abs(actual - exact) * BitConverter.UInt64BitsToDouble((ulong)(bias + 23 - exponent) << 52);
    }
}
