using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    // Below, log(1 + x) and exp(x) - 1 are x to the last bit (x^2 / 2 is less than half a unit), zero and its sign included.
    private const float FirstOrderIdentity = 2.98023224e-8f;   // 2^-25

    /// <summary>
    /// log(1 + x) = log(u) + c / u with u = 1 + x rounded and c = x - (u - 1) what the rounding lost (Kahan). -1 gives -infinity, less NaN, infinity itself.
    /// Error at most 2 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1P(Vector512<float> x)
    {
        Vector512<float> u = Vector512<float>.One + x;
        Vector512<float> correction = (x - (u - Vector512<float>.One)) / u;

        // At u = 0 and u = infinity the quotient is NaN and the logarithm already right: keep only quotients that compare.
        Vector512<float> isFinite = Vector512.LessThan(Vector512.Abs(correction), Vector512<float>.One);
        Vector512<float> result = Log(u) + (isFinite & correction);
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(FirstOrderIdentity)), x, result);
    }

    /// <inheritdoc cref="Log1P(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1P(Vector256<float> x)
    {
        Vector256<float> u = Vector256<float>.One + x;
        Vector256<float> correction = (x - (u - Vector256<float>.One)) / u;

        Vector256<float> isFinite = Vector256.LessThan(Vector256.Abs(correction), Vector256<float>.One);
        Vector256<float> result = Log(u) + (isFinite & correction);
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(FirstOrderIdentity)), x, result);
    }

    /// <inheritdoc cref="Log1P(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1P(Vector128<float> x)
    {
        Vector128<float> u = Vector128<float>.One + x;
        Vector128<float> correction = (x - (u - Vector128<float>.One)) / u;

        Vector128<float> isFinite = Vector128.LessThan(Vector128.Abs(correction), Vector128<float>.One);
        Vector128<float> result = Log(u) + (isFinite & correction);
        return Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(x), Vector128.Create(FirstOrderIdentity)), x, result);
    }

    /// <inheritdoc cref="Log1P(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1P(float x) => Log1P(Vector128.CreateScalar(x)).ToScalar();
}
