namespace NetCompiler.Dynamic.Operations;

/// <summary>erf(x) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.</summary>
internal static class ErrorFunction
{
    /// <summary>
    /// The series erf(x) = 2 / sqrt(pi) exp(-x^2) sum over n of 2^n x^(2n+1) / (1 3 5 ... (2n+1)) (Abramowitz and Stegun 7.1.6):
    /// all its terms have one sign, so that nothing cancels and the result is good to a few last places.
    /// </summary>
    public static T Erf<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // 1 - erf(6) = 2e-17, below the last place of a double.
        if (T.IsNaN(x) || T.Abs(x) > T.CreateChecked(6))
        {
            return T.IsNaN(x) ? x : T.CopySign(T.One, x);
        }

        T two = T.CreateChecked(2), square = two * x * x, odd = T.One;
        T term = x, sum = x, previous;
        do
        {
            odd += two;
            term *= square / odd;
            previous = sum;
            sum += term;
        }
        while (sum != previous);
        return T.CreateChecked(2 / Math.Sqrt(Math.PI)) * T.Exp(-x * x) * sum;
    }
}
