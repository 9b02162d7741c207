namespace NetCompiler.Dynamic.Operations;

/// <summary>(f(x + h) - f(x - h)) / 2h in double precision.</summary>
internal static class CentralDifference
{
    // The cube root of the double's epsilon balances the truncation h^2 against the rounding epsilon / h: about ten digits remain.
    private const double RelativeStep = 6e-6;

    /// <summary>The derivative of <paramref name="function"/> at <paramref name="x"/>.</summary>
    public static double Derivative(Func<double, double> function, double x)
    {
        double step = RelativeStep * Math.Max(1, Math.Abs(x));

        // The width is what the rounded points are really apart.
        double above = x + step, below = x - step;
        return (function(above) - function(below)) / (above - below);
    }
}
