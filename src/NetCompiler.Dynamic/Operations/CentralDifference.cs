namespace NetCompiler.Dynamic.Operations;

/// <summary>(f(x + h) - f(x - h)) / 2h in double precision.</summary>
internal static class CentralDifference
{
    // The cube root of the double's epsilon balances the truncation h^2 against the rounding epsilon / h: about ten digits remain.
    private const double RelativeStep = 6e-6;

    // Beside a kink a step must not reach over it: 1.5e-9 still leaves seven digits.
    private const double Shrink = 1.0 / 64;
    private const int Shrinks = 2;

    // How far apart the slopes to both sides are where there is a kink between; smooth functions of ordinary size stay far below.
    private const double KinkSlopes = 1e-3;

    /// <summary>The derivative of <paramref name="function"/> at <paramref name="x"/>: of the side that x lies on beside a kink, the mean of both at the kink itself.</summary>
    public static double Derivative(Func<double, double> function, double x)
    {
        double step = RelativeStep * Math.Max(1, Math.Abs(x));
        (double widest, bool isSmooth) = Slope(function, x, step);
        for (int shrinks = 0; !isSmooth && shrinks < Shrinks; shrinks++)
        {
            step *= Shrink;
            (double slope, isSmooth) = Slope(function, x, step);
            if (isSmooth)
            {
                return slope;
            }
        }

        return widest;
    }

    private static (double Slope, bool IsSmooth) Slope(Func<double, double> function, double x, double step)
    {
        // The widths are what the rounded points are really apart.
        double above = x + step, below = x - step, at = function(x), high = function(above), low = function(below);
        double right = (high - at) / (above - x), left = (at - low) / (x - below);
        return ((high - low) / (above - below), !(Math.Abs(right - left) > KinkSlopes * Math.Max(1, Math.Abs(right) + Math.Abs(left))));
    }
}
