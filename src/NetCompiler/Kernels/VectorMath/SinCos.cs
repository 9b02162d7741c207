using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    private const double TwoOverPi = 0.63661977236758134308;

    // pi / 2 in two parts (fdlibm, __rem_pio2f): the high part has 25 bits, so that n times it is exact in double for every n below 2^28.
    private const double HalfPiHigh = 1.57079631090164184570;
    private const double HalfPiLow = 1.58932547735281966916e-8;

    // 1.5 * 2^52: what RoundingShift is for float.
    private const double DoubleRoundingShift = 6755399441055744.0;

    // Beyond, neighbouring floats are 32 apart, five turns: no reduction is made and the result is NaN, as it is for infinity.
    private const float TrigonometricHighest = 4.2e8f;

    // Below, sin(x) = x to the last bit.
    private const float SinIdentity = 2.44140625e-4f;   // 2^-12

    // sin(r) = r + r^3 * s(r^2) and cos(r) = 1 - r^2 / 2 + r^4 * c(r^2) on |r| <= pi/4, minimax: Cephes, sinf.c.
    private const float Sin0 = -1.6666654611e-1f;
    private const float Sin1 = 8.3321608736e-3f;
    private const float Sin2 = -1.9515295891e-4f;
    private const float Cos0 = 4.166664568298827e-2f;
    private const float Cos1 = -1.388731625493765e-3f;
    private const float Cos2 = 2.443315711809948e-5f;

    /// <summary>
    /// sin(x) from r = x - n * pi/2, |r| at most pi/4, reduced in double: the sine or cosine of r, negated or not, as n modulo 4 says. Error at most 1.6 ulp up to
    /// |x| = 4.2e8, NaN beyond.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        (Vector512<float> r, Vector512<int> quadrant) = ReduceToQuadrant(x);
        Vector512<float> result = SinOrCos(r, quadrant);
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(SinIdentity)), x, result);
    }

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x)
    {
        (Vector256<float> r, Vector256<int> quadrant) = ReduceToQuadrant(x);
        Vector256<float> result = SinOrCos(r, quadrant);
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(SinIdentity)), x, result);
    }

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x)
    {
        (Vector128<float> r, Vector128<int> quadrant) = ReduceToQuadrant(x);
        Vector128<float> result = SinOrCos(r, quadrant);
        return Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(x), Vector128.Create(SinIdentity)), x, result);
    }

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>cos(x) = sin(x + pi/2), the quarter turn added to n after the reduction of <see cref="Sin(Vector512{float})"/>. Error at most 1.6 ulp up to |x| = 4.2e8, NaN beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        (Vector512<float> r, Vector512<int> quadrant) = ReduceToQuadrant(x);
        return SinOrCos(r, quadrant + Vector512<int>.One);
    }

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x)
    {
        (Vector256<float> r, Vector256<int> quadrant) = ReduceToQuadrant(x);
        return SinOrCos(r, quadrant + Vector256<int>.One);
    }

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x)
    {
        (Vector128<float> r, Vector128<int> quadrant) = ReduceToQuadrant(x);
        return SinOrCos(r, quadrant + Vector128<int>.One);
    }

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>r = x - n * pi/2 and the low bits of n = round(x / (pi/2)); NaN for an argument that is too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> R, Vector512<int> Quadrant) ReduceToQuadrant(Vector512<float> x)
    {
        Vector512<float> inRange = Vector512.LessThanOrEqual(Vector512.Abs(x), Vector512.Create(TrigonometricHighest));
        x = Vector512.ConditionalSelect(inRange, x, Vector512.Create(float.NaN));
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(x);
        Vector512<double> lowerShifted = (lower * TwoOverPi) + Vector512.Create(DoubleRoundingShift);
        Vector512<double> upperShifted = (upper * TwoOverPi) + Vector512.Create(DoubleRoundingShift);
        Vector512<double> lowerN = lowerShifted - Vector512.Create(DoubleRoundingShift);
        Vector512<double> upperN = upperShifted - Vector512.Create(DoubleRoundingShift);
        lower = lower - (lowerN * HalfPiHigh) - (lowerN * HalfPiLow);
        upper = upper - (upperN * HalfPiHigh) - (upperN * HalfPiLow);
        return (Vector512.Narrow(lower, upper), Vector512.Narrow(lowerShifted.AsInt64(), upperShifted.AsInt64()));
    }

    /// <inheritdoc cref="ReduceToQuadrant(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> R, Vector256<int> Quadrant) ReduceToQuadrant(Vector256<float> x)
    {
        Vector256<float> inRange = Vector256.LessThanOrEqual(Vector256.Abs(x), Vector256.Create(TrigonometricHighest));
        x = Vector256.ConditionalSelect(inRange, x, Vector256.Create(float.NaN));
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(x);
        Vector256<double> lowerShifted = (lower * TwoOverPi) + Vector256.Create(DoubleRoundingShift);
        Vector256<double> upperShifted = (upper * TwoOverPi) + Vector256.Create(DoubleRoundingShift);
        Vector256<double> lowerN = lowerShifted - Vector256.Create(DoubleRoundingShift);
        Vector256<double> upperN = upperShifted - Vector256.Create(DoubleRoundingShift);
        lower = lower - (lowerN * HalfPiHigh) - (lowerN * HalfPiLow);
        upper = upper - (upperN * HalfPiHigh) - (upperN * HalfPiLow);
        return (Vector256.Narrow(lower, upper), Vector256.Narrow(lowerShifted.AsInt64(), upperShifted.AsInt64()));
    }

    /// <inheritdoc cref="ReduceToQuadrant(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> R, Vector128<int> Quadrant) ReduceToQuadrant(Vector128<float> x)
    {
        Vector128<float> inRange = Vector128.LessThanOrEqual(Vector128.Abs(x), Vector128.Create(TrigonometricHighest));
        x = Vector128.ConditionalSelect(inRange, x, Vector128.Create(float.NaN));
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(x);
        Vector128<double> lowerShifted = (lower * TwoOverPi) + Vector128.Create(DoubleRoundingShift);
        Vector128<double> upperShifted = (upper * TwoOverPi) + Vector128.Create(DoubleRoundingShift);
        Vector128<double> lowerN = lowerShifted - Vector128.Create(DoubleRoundingShift);
        Vector128<double> upperN = upperShifted - Vector128.Create(DoubleRoundingShift);
        lower = lower - (lowerN * HalfPiHigh) - (lowerN * HalfPiLow);
        upper = upper - (upperN * HalfPiHigh) - (upperN * HalfPiLow);
        return (Vector128.Narrow(lower, upper), Vector128.Narrow(lowerShifted.AsInt64(), upperShifted.AsInt64()));
    }

    /// <summary>sin(r), cos(r), -sin(r) or -cos(r) for quadrant 0, 1, 2 or 3 modulo 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SinOrCos(Vector512<float> r, Vector512<int> quadrant)
    {
        Vector512<float> square = r * r;
        Vector512<float> s = Vector512.MultiplyAddEstimate(Vector512.Create(Sin2), square, Vector512.Create(Sin1));
        s = Vector512.MultiplyAddEstimate(s, square, Vector512.Create(Sin0));
        Vector512<float> sine = Vector512.MultiplyAddEstimate(s, square * r, r);

        Vector512<float> c = Vector512.MultiplyAddEstimate(Vector512.Create(Cos2), square, Vector512.Create(Cos1));
        c = Vector512.MultiplyAddEstimate(c, square, Vector512.Create(Cos0));
        c = Vector512.MultiplyAddEstimate(c, square, Vector512.Create(-0.5f));
        Vector512<float> cosine = Vector512.MultiplyAddEstimate(c, square, Vector512<float>.One);

        Vector512<float> isCosine = Vector512.Equals(quadrant & Vector512<int>.One, Vector512<int>.One).AsSingle();
        Vector512<float> sign = ((quadrant & Vector512.Create(2)) << 30).AsSingle();
        return Vector512.ConditionalSelect(isCosine, cosine, sine) ^ sign;
    }

    /// <inheritdoc cref="SinOrCos(Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SinOrCos(Vector256<float> r, Vector256<int> quadrant)
    {
        Vector256<float> square = r * r;
        Vector256<float> s = Vector256.MultiplyAddEstimate(Vector256.Create(Sin2), square, Vector256.Create(Sin1));
        s = Vector256.MultiplyAddEstimate(s, square, Vector256.Create(Sin0));
        Vector256<float> sine = Vector256.MultiplyAddEstimate(s, square * r, r);

        Vector256<float> c = Vector256.MultiplyAddEstimate(Vector256.Create(Cos2), square, Vector256.Create(Cos1));
        c = Vector256.MultiplyAddEstimate(c, square, Vector256.Create(Cos0));
        c = Vector256.MultiplyAddEstimate(c, square, Vector256.Create(-0.5f));
        Vector256<float> cosine = Vector256.MultiplyAddEstimate(c, square, Vector256<float>.One);

        Vector256<float> isCosine = Vector256.Equals(quadrant & Vector256<int>.One, Vector256<int>.One).AsSingle();
        Vector256<float> sign = ((quadrant & Vector256.Create(2)) << 30).AsSingle();
        return Vector256.ConditionalSelect(isCosine, cosine, sine) ^ sign;
    }

    /// <inheritdoc cref="SinOrCos(Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SinOrCos(Vector128<float> r, Vector128<int> quadrant)
    {
        Vector128<float> square = r * r;
        Vector128<float> s = Vector128.MultiplyAddEstimate(Vector128.Create(Sin2), square, Vector128.Create(Sin1));
        s = Vector128.MultiplyAddEstimate(s, square, Vector128.Create(Sin0));
        Vector128<float> sine = Vector128.MultiplyAddEstimate(s, square * r, r);

        Vector128<float> c = Vector128.MultiplyAddEstimate(Vector128.Create(Cos2), square, Vector128.Create(Cos1));
        c = Vector128.MultiplyAddEstimate(c, square, Vector128.Create(Cos0));
        c = Vector128.MultiplyAddEstimate(c, square, Vector128.Create(-0.5f));
        Vector128<float> cosine = Vector128.MultiplyAddEstimate(c, square, Vector128<float>.One);

        Vector128<float> isCosine = Vector128.Equals(quadrant & Vector128<int>.One, Vector128<int>.One).AsSingle();
        Vector128<float> sign = ((quadrant & Vector128.Create(2)) << 30).AsSingle();
        return Vector128.ConditionalSelect(isCosine, cosine, sine) ^ sign;
    }
}
