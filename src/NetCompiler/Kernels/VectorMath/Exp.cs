using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts (Cody and Waite): the high part has 9 bits, so that n times it is exact for every n below 2^15.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Below the lowest, exp rounds to zero; from the highest on, it is infinite.
    private const float ExpLowest = -104f;
    private const float ExpHighest = 89f;

    // (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2, minimax: Cephes, expf.c.
    private const float Exp0 = 5.0000001201e-1f;
    private const float Exp1 = 1.6666665459e-1f;
    private const float Exp2 = 4.1665795894e-2f;
    private const float Exp3 = 8.3334519073e-3f;
    private const float Exp4 = 1.3981999507e-3f;
    private const float Exp5 = 1.9875691500e-4f;

    /// <summary>
    /// exp(x) = 2^n * exp(r) with n = round(x / ln 2) and r = x - n * ln 2, |r| at most ln(2)/2; exp(r) = 1 + r + r^2 * p(r), p of degree 5 (Cephes, expf).
    /// Denormal results are rounded once; below -103.97 the result is 0, above 88.72 infinite. Error at most 1.1 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum return their second operand when one is NaN.
        x = Vector512.MinNative(Vector512.Create(ExpHighest), Vector512.MaxNative(Vector512.Create(ExpLowest), x));
        Vector512<float> shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        Vector512<float> n = shifted - Vector512.Create(RoundingShift);
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
        return ScaleByPowerOfTwo(ExpM1OfReduced(r) + Vector512<float>.One, n, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.Create(ExpHighest), Vector256.MaxNative(Vector256.Create(ExpLowest), x));
        Vector256<float> shifted = Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        Vector256<float> n = shifted - Vector256.Create(RoundingShift);
        Vector256<float> r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        return ScaleByPowerOfTwo(ExpM1OfReduced(r) + Vector256<float>.One, n, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        x = Vector128.MinNative(Vector128.Create(ExpHighest), Vector128.MaxNative(Vector128.Create(ExpLowest), x));
        Vector128<float> shifted = Vector128.MultiplyAddEstimate(x, Vector128.Create(Log2E), Vector128.Create(RoundingShift));
        Vector128<float> n = shifted - Vector128.Create(RoundingShift);
        Vector128<float> r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), x);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        return ScaleByPowerOfTwo(ExpM1OfReduced(r) + Vector128<float>.One, n, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>exp(r) - 1 for |r| at most ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpM1OfReduced(Vector512<float> r)
    {
        Vector512<float> p = Vector512.MultiplyAddEstimate(Vector512.Create(Exp5), r, Vector512.Create(Exp4));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp3));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp2));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp1));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp0));
        return Vector512.MultiplyAddEstimate(p, r * r, r);
    }

    /// <inheritdoc cref="ExpM1OfReduced(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpM1OfReduced(Vector256<float> r)
    {
        Vector256<float> p = Vector256.MultiplyAddEstimate(Vector256.Create(Exp5), r, Vector256.Create(Exp4));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp3));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp2));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp1));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp0));
        return Vector256.MultiplyAddEstimate(p, r * r, r);
    }

    /// <inheritdoc cref="ExpM1OfReduced(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpM1OfReduced(Vector128<float> r)
    {
        Vector128<float> p = Vector128.MultiplyAddEstimate(Vector128.Create(Exp5), r, Vector128.Create(Exp4));
        p = Vector128.MultiplyAddEstimate(p, r, Vector128.Create(Exp3));
        p = Vector128.MultiplyAddEstimate(p, r, Vector128.Create(Exp2));
        p = Vector128.MultiplyAddEstimate(p, r, Vector128.Create(Exp1));
        p = Vector128.MultiplyAddEstimate(p, r, Vector128.Create(Exp0));
        return Vector128.MultiplyAddEstimate(p, r * r, r);
    }
}
