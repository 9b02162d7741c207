using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    // Below, exp(x) - 1 rounds to -1.
    private const float ExpM1Lowest = -18f;

    /// <summary>
    /// exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1) with n and r as in <see cref="Exp(Vector512{float})"/>. Computed as twice the half, since 2^128 is not a float.
    /// Error at most 3 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum return their second operand when one is NaN.
        Vector512<float> c = Vector512.MinNative(Vector512.Create(ExpHighest), Vector512.MaxNative(Vector512.Create(ExpM1Lowest), x));
        Vector512<float> shifted = Vector512.MultiplyAddEstimate(c, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        Vector512<float> n = shifted - Vector512.Create(RoundingShift);
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), c);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
        Vector512<int> exponent = shifted.AsInt32() - Vector512.Create(RoundingShift).AsInt32();
        Vector512<float> halfScale = PowerOfTwo(exponent - Vector512<int>.One);
        Vector512<float> half = Vector512.MultiplyAddEstimate(halfScale, ExpM1OfReduced(r), halfScale - Vector512.Create(0.5f));
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(FirstOrderIdentity)), x, half + half);
    }

    /// <inheritdoc cref="ExpM1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpM1(Vector256<float> x)
    {
        Vector256<float> c = Vector256.MinNative(Vector256.Create(ExpHighest), Vector256.MaxNative(Vector256.Create(ExpM1Lowest), x));
        Vector256<float> shifted = Vector256.MultiplyAddEstimate(c, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        Vector256<float> n = shifted - Vector256.Create(RoundingShift);
        Vector256<float> r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), c);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        Vector256<int> exponent = shifted.AsInt32() - Vector256.Create(RoundingShift).AsInt32();
        Vector256<float> halfScale = PowerOfTwo(exponent - Vector256<int>.One);
        Vector256<float> half = Vector256.MultiplyAddEstimate(halfScale, ExpM1OfReduced(r), halfScale - Vector256.Create(0.5f));
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(FirstOrderIdentity)), x, half + half);
    }

    /// <inheritdoc cref="ExpM1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpM1(Vector128<float> x)
    {
        Vector128<float> c = Vector128.MinNative(Vector128.Create(ExpHighest), Vector128.MaxNative(Vector128.Create(ExpM1Lowest), x));
        Vector128<float> shifted = Vector128.MultiplyAddEstimate(c, Vector128.Create(Log2E), Vector128.Create(RoundingShift));
        Vector128<float> n = shifted - Vector128.Create(RoundingShift);
        Vector128<float> r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), c);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        Vector128<int> exponent = shifted.AsInt32() - Vector128.Create(RoundingShift).AsInt32();
        Vector128<float> halfScale = PowerOfTwo(exponent - Vector128<int>.One);
        Vector128<float> half = Vector128.MultiplyAddEstimate(halfScale, ExpM1OfReduced(r), halfScale - Vector128.Create(0.5f));
        return Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(x), Vector128.Create(FirstOrderIdentity)), x, half + half);
    }

    /// <inheritdoc cref="ExpM1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpM1(float x) => ExpM1(Vector128.CreateScalar(x)).ToScalar();
}
