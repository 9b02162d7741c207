namespace NetCompiler.Dynamic.Operations;

/// <summary>y = f(x) with a function of the user's in double precision; its derivative is a central difference in double.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ScalarFunction<T>(Func<double, double> function) : ElementwiseOperation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override void Compute(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Number(function(double.CreateChecked(x[i])));
        }
    }

    // f' = (f(x + h) - f(x - h)) / 2h
    protected override void Differentiate(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
    {
        for (int i = 0; i < x.Length; i++)
        {
            derivative[i] = Number(CentralDifference.Derivative(function, double.CreateChecked(x[i])));
        }
    }
}
