using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    private const float SmallestNormal = 1.17549435e-38f;
    private const float NormalizingFactor = 8388608f;   // 2^23 makes every denormal normal
    private const float NormalizingExponent = -23f;
    private const int HalfSquareRootOfTwoBits = 0x3F3504F3;

    // (log(1 + f) - f + f^2 / 2) / f^3 on sqrt(1/2) <= 1 + f < sqrt(2), minimax: Cephes, logf.c.
    private const float Log0 = 3.3333331174e-1f;
    private const float Log1 = -2.4999993993e-1f;
    private const float Log2 = 2.0000714765e-1f;
    private const float Log3 = -1.6668057665e-1f;
    private const float Log4 = 1.4249322787e-1f;
    private const float Log5 = -1.2420140846e-1f;
    private const float Log6 = 1.1676998740e-1f;
    private const float Log7 = -1.1514610310e-1f;
    private const float Log8 = 7.0376836292e-2f;

    /// <summary>
    /// log(x) = e * ln 2 + log(m) with x = 2^e * m and m from sqrt(1/2) to sqrt(2); log(m) by a polynomial of degree 8 after f - f^2/2, f = m - 1 (Cephes, logf).
    /// Denormals are exact arguments; 0 gives -infinity, a negative number NaN, infinity itself. Error at most 1 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<float> isDenormal = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        Vector512<float> normal = Vector512.ConditionalSelect(isDenormal, x * Vector512.Create(NormalizingFactor), x);
        Vector512<float> result = LogOfNormal(normal, isDenormal & Vector512.Create(NormalizingExponent));

        Vector512<float> ofNotPositive = Vector512.ConditionalSelect(
            Vector512.Equals(x, Vector512<float>.Zero),
            Vector512.Create(float.NegativeInfinity),
            Vector512.Create(float.NaN));
        result = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), ofNotPositive, result);

        // What is not below infinity is infinity or NaN, and stays what it is.
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<float> isDenormal = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        Vector256<float> normal = Vector256.ConditionalSelect(isDenormal, x * Vector256.Create(NormalizingFactor), x);
        Vector256<float> result = LogOfNormal(normal, isDenormal & Vector256.Create(NormalizingExponent));

        Vector256<float> ofNotPositive = Vector256.ConditionalSelect(
            Vector256.Equals(x, Vector256<float>.Zero),
            Vector256.Create(float.NegativeInfinity),
            Vector256.Create(float.NaN));
        result = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<float>.Zero), ofNotPositive, result);

        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity)), result, x);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x)
    {
        Vector128<float> isDenormal = Vector128.LessThan(x, Vector128.Create(SmallestNormal));
        Vector128<float> normal = Vector128.ConditionalSelect(isDenormal, x * Vector128.Create(NormalizingFactor), x);
        Vector128<float> result = LogOfNormal(normal, isDenormal & Vector128.Create(NormalizingExponent));

        Vector128<float> ofNotPositive = Vector128.ConditionalSelect(
            Vector128.Equals(x, Vector128<float>.Zero),
            Vector128.Create(float.NegativeInfinity),
            Vector128.Create(float.NaN));
        result = Vector128.ConditionalSelect(Vector128.LessThanOrEqual(x, Vector128<float>.Zero), ofNotPositive, result);

        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(float.PositiveInfinity)), result, x);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>log(x) + addedExponent * ln 2 for a positive, normal, finite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogOfNormal(Vector512<float> x, Vector512<float> addedExponent)
    {
        // Subtracting the bits of sqrt(1/2) makes the exponent step where the mantissa passes sqrt(2) instead of 2.
        Vector512<int> exponent = (x.AsInt32() - Vector512.Create(HalfSquareRootOfTwoBits)) >> SingleMantissaBits;
        Vector512<float> f = (x.AsInt32() - (exponent << SingleMantissaBits)).AsSingle() - Vector512<float>.One;
        Vector512<float> e = Vector512.ConvertToSingle(exponent) + addedExponent;

        Vector512<float> square = f * f;
        Vector512<float> p = Vector512.MultiplyAddEstimate(Vector512.Create(Log8), f, Vector512.Create(Log7));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log6));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log5));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log4));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log3));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log2));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log1));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(Log0));

        // Smallest terms first.
        Vector512<float> tail = Vector512.MultiplyAddEstimate(e, Vector512.Create(Ln2Low), p * (f * square));
        tail = Vector512.MultiplyAddEstimate(square, Vector512.Create(-0.5f), tail);
        return Vector512.MultiplyAddEstimate(e, Vector512.Create(Ln2High), f + tail);
    }

    /// <inheritdoc cref="LogOfNormal(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LogOfNormal(Vector256<float> x, Vector256<float> addedExponent)
    {
        Vector256<int> exponent = (x.AsInt32() - Vector256.Create(HalfSquareRootOfTwoBits)) >> SingleMantissaBits;
        Vector256<float> f = (x.AsInt32() - (exponent << SingleMantissaBits)).AsSingle() - Vector256<float>.One;
        Vector256<float> e = Vector256.ConvertToSingle(exponent) + addedExponent;

        Vector256<float> square = f * f;
        Vector256<float> p = Vector256.MultiplyAddEstimate(Vector256.Create(Log8), f, Vector256.Create(Log7));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log6));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log5));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log4));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log3));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log2));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log1));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log0));

        Vector256<float> tail = Vector256.MultiplyAddEstimate(e, Vector256.Create(Ln2Low), p * (f * square));
        tail = Vector256.MultiplyAddEstimate(square, Vector256.Create(-0.5f), tail);
        return Vector256.MultiplyAddEstimate(e, Vector256.Create(Ln2High), f + tail);
    }

    /// <inheritdoc cref="LogOfNormal(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogOfNormal(Vector128<float> x, Vector128<float> addedExponent)
    {
        Vector128<int> exponent = (x.AsInt32() - Vector128.Create(HalfSquareRootOfTwoBits)) >> SingleMantissaBits;
        Vector128<float> f = (x.AsInt32() - (exponent << SingleMantissaBits)).AsSingle() - Vector128<float>.One;
        Vector128<float> e = Vector128.ConvertToSingle(exponent) + addedExponent;

        Vector128<float> square = f * f;
        Vector128<float> p = Vector128.MultiplyAddEstimate(Vector128.Create(Log8), f, Vector128.Create(Log7));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log6));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log5));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log4));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log3));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log2));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log1));
        p = Vector128.MultiplyAddEstimate(p, f, Vector128.Create(Log0));

        Vector128<float> tail = Vector128.MultiplyAddEstimate(e, Vector128.Create(Ln2Low), p * (f * square));
        tail = Vector128.MultiplyAddEstimate(square, Vector128.Create(-0.5f), tail);
        return Vector128.MultiplyAddEstimate(e, Vector128.Create(Ln2High), f + tail);
    }
}
