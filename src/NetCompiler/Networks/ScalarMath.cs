namespace NetCompiler;

// Public in the runtime by its other part; the generator, which folds constants by the same functions, compiles this part alone.
#pragma warning disable IDE0040
static partial class ScalarMath
#pragma warning restore IDE0040
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>log(1 + exp(x)), without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x)));

    /// <summary>-1, 0 or 1; NaN for NaN.</summary>
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x;

    /// <summary>log(1 + x), accurate near 0 (Higham 2002, section 1.14.1).</summary>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>exp(x) - 1, accurate near 0 (Higham 2002, section 1.14.1).</summary>
    public static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        double difference = u - 1;
        return u == 1 ? x : difference == -1 ? -1 : double.IsPositiveInfinity(u) ? u : difference * (x / Math.Log(u));
    }

    /// <summary>
    /// The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x: below 3 its Maclaurin series in the form without
    /// cancellation (Abramowitz and Stegun 7.1.6), above the continued fraction of its complement (7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        double z = Math.Abs(x);
        if (!(z < 6))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        double square = x * x;
        if (z < 3)
        {
            // erf x = 2 / sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))
            double term = x, sum = x;
            for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
            {
                term *= 2 * square / ((2 * n) + 1);
                sum += term;
            }

            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-square) * sum;
        }

        // erfc z = exp(-z^2) / sqrt(pi) / (z + (1/2) / (z + 1 / (z + (3/2) / (z + ...))))
        double fraction = z;
        for (int n = 60; n >= 1; n--)
        {
            fraction = z + (n / 2.0 / fraction);
        }

        return Math.Sign(x) * (1 - (Math.Exp(-square) / (Math.Sqrt(Math.PI) * fraction)));
    }
}
