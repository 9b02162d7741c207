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

        int exponent = Math.Max(exact == 0 ? -126 : Math.ILogB(exact), -126);
        return Math.Abs(actual - exact) / Math.ScaleB(1, exponent - 23);
    }
}
