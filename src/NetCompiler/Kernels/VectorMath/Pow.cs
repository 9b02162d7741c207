using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    // 2^t is zero below and infinite above, whatever t is.
    private const double PowExponentLimit = 250.0;

    private const float TwoTo23 = 8388608f;
    private const double Ln2 = 0.69314718055994530942;

    // log2(m) = 2 / ln 2 * (s + s^3 / 3 + s^5 / 5 + ..), s = (m - 1) / (m + 1): with |s| <= 0.172 the first term left out is below 2^-43.
    private const double PowLog0 = 2.88539008177792681472;
    private const double PowLog1 = PowLog0 / 3;
    private const double PowLog2 = PowLog0 / 5;
    private const double PowLog3 = PowLog0 / 7;
    private const double PowLog4 = PowLog0 / 9;
    private const double PowLog5 = PowLog0 / 11;
    private const double PowLog6 = PowLog0 / 13;
    private const double PowLog7 = PowLog0 / 15;

    /// <summary>
    /// x^y = 2^(y * log2|x|), the logarithm and the product in double since the power magnifies their error; negative for a negative x and an odd y, NaN for a
    /// negative x and a y that is no integer. x^0 = 1; zeros and infinities as in IEEE 754's pow, but NaN in x or y always gives NaN. Error at most 1.5 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> isDenormal = Vector512.LessThan(magnitude, Vector512.Create(SmallestNormal));
        Vector512<float> normal = Vector512.ConditionalSelect(isDenormal, magnitude * Vector512.Create(NormalizingFactor), magnitude);
        Vector512<int> exponent = (normal.AsInt32() - Vector512.Create(HalfSquareRootOfTwoBits)) >> SingleMantissaBits;
        Vector512<float> mantissa = (normal.AsInt32() - (exponent << SingleMantissaBits)).AsSingle();
        Vector512<float> e = Vector512.ConvertToSingle(exponent) + (isDenormal & Vector512.Create(NormalizingExponent));

        // Zero and infinity have an infinite logarithm; adding it to e carries it through.
        e = Vector512.ConditionalSelect(Vector512.Equals(magnitude, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), e);
        e = Vector512.ConditionalSelect(Vector512.Equals(magnitude, Vector512.Create(float.PositiveInfinity)), magnitude, e);

        (Vector512<double> lowerMantissa, Vector512<double> upperMantissa) = Vector512.Widen(mantissa);
        (Vector512<double> lowerE, Vector512<double> upperE) = Vector512.Widen(e);
        (Vector512<double> lowerY, Vector512<double> upperY) = Vector512.Widen(y);
        (Vector512<double> lowerR, Vector512<double> lowerN) = ReducePower(lowerY, lowerE, lowerMantissa);
        (Vector512<double> upperR, Vector512<double> upperN) = ReducePower(upperY, upperE, upperMantissa);
        Vector512<float> n = Vector512.Narrow(lowerN, upperN);
        Vector512<float> r = Vector512.Narrow(lowerR, upperR);
        Vector512<float> result = ScaleByPowerOfTwo(ExpM1OfReduced(r) + Vector512<float>.One, n, n + Vector512.Create(RoundingShift));

        // |x| = 1 and y = 0 give 1 even where the product was 0 * infinity.
        Vector512<float> isOne = Vector512.Equals(magnitude, Vector512<float>.One) | Vector512.Equals(y, Vector512<float>.Zero);
        result = Vector512.ConditionalSelect(isOne, Vector512<float>.One, result);

        // |y| of 2^23 or more is an integer and needs no rounding; from 2^24 on it is even, and halving shows it.
        Vector512<float> absoluteY = Vector512.Abs(y);
        Vector512<float> isInteger = Vector512.Equals(RoundToInteger(absoluteY), absoluteY);
        Vector512<float> half = absoluteY * Vector512.Create(0.5f);
        Vector512<float> isOdd = Vector512.AndNot(isInteger, Vector512.Equals(RoundToInteger(half), half));
        result |= isOdd & x & Vector512.Create(-0f);
        Vector512<float> isUndefined = Vector512.AndNot(Vector512.LessThan(x, Vector512<float>.Zero), isInteger)
            & Vector512.LessThan(magnitude, Vector512.Create(float.PositiveInfinity));
        result |= isUndefined;

        // NaN last: a comparison with itself fails, and all bits set are a NaN.
        return result | ~(Vector512.Equals(x, x) & Vector512.Equals(y, y));
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        Vector256<float> magnitude = Vector256.Abs(x);
        Vector256<float> isDenormal = Vector256.LessThan(magnitude, Vector256.Create(SmallestNormal));
        Vector256<float> normal = Vector256.ConditionalSelect(isDenormal, magnitude * Vector256.Create(NormalizingFactor), magnitude);
        Vector256<int> exponent = (normal.AsInt32() - Vector256.Create(HalfSquareRootOfTwoBits)) >> SingleMantissaBits;
        Vector256<float> mantissa = (normal.AsInt32() - (exponent << SingleMantissaBits)).AsSingle();
        Vector256<float> e = Vector256.ConvertToSingle(exponent) + (isDenormal & Vector256.Create(NormalizingExponent));

        e = Vector256.ConditionalSelect(Vector256.Equals(magnitude, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), e);
        e = Vector256.ConditionalSelect(Vector256.Equals(magnitude, Vector256.Create(float.PositiveInfinity)), magnitude, e);

        (Vector256<double> lowerMantissa, Vector256<double> upperMantissa) = Vector256.Widen(mantissa);
        (Vector256<double> lowerE, Vector256<double> upperE) = Vector256.Widen(e);
        (Vector256<double> lowerY, Vector256<double> upperY) = Vector256.Widen(y);
        (Vector256<double> lowerR, Vector256<double> lowerN) = ReducePower(lowerY, lowerE, lowerMantissa);
        (Vector256<double> upperR, Vector256<double> upperN) = ReducePower(upperY, upperE, upperMantissa);
        Vector256<float> n = Vector256.Narrow(lowerN, upperN);
        Vector256<float> r = Vector256.Narrow(lowerR, upperR);
        Vector256<float> result = ScaleByPowerOfTwo(ExpM1OfReduced(r) + Vector256<float>.One, n, n + Vector256.Create(RoundingShift));

        Vector256<float> isOne = Vector256.Equals(magnitude, Vector256<float>.One) | Vector256.Equals(y, Vector256<float>.Zero);
        result = Vector256.ConditionalSelect(isOne, Vector256<float>.One, result);

        Vector256<float> absoluteY = Vector256.Abs(y);
        Vector256<float> isInteger = Vector256.Equals(RoundToInteger(absoluteY), absoluteY);
        Vector256<float> half = absoluteY * Vector256.Create(0.5f);
        Vector256<float> isOdd = Vector256.AndNot(isInteger, Vector256.Equals(RoundToInteger(half), half));
        result |= isOdd & x & Vector256.Create(-0f);
        Vector256<float> isUndefined = Vector256.AndNot(Vector256.LessThan(x, Vector256<float>.Zero), isInteger)
            & Vector256.LessThan(magnitude, Vector256.Create(float.PositiveInfinity));
        result |= isUndefined;

        return result | ~(Vector256.Equals(x, x) & Vector256.Equals(y, y));
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> isDenormal = Vector128.LessThan(magnitude, Vector128.Create(SmallestNormal));
        Vector128<float> normal = Vector128.ConditionalSelect(isDenormal, magnitude * Vector128.Create(NormalizingFactor), magnitude);
        Vector128<int> exponent = (normal.AsInt32() - Vector128.Create(HalfSquareRootOfTwoBits)) >> SingleMantissaBits;
        Vector128<float> mantissa = (normal.AsInt32() - (exponent << SingleMantissaBits)).AsSingle();
        Vector128<float> e = Vector128.ConvertToSingle(exponent) + (isDenormal & Vector128.Create(NormalizingExponent));

        e = Vector128.ConditionalSelect(Vector128.Equals(magnitude, Vector128<float>.Zero), Vector128.Create(float.NegativeInfinity), e);
        e = Vector128.ConditionalSelect(Vector128.Equals(magnitude, Vector128.Create(float.PositiveInfinity)), magnitude, e);

        (Vector128<double> lowerMantissa, Vector128<double> upperMantissa) = Vector128.Widen(mantissa);
        (Vector128<double> lowerE, Vector128<double> upperE) = Vector128.Widen(e);
        (Vector128<double> lowerY, Vector128<double> upperY) = Vector128.Widen(y);
        (Vector128<double> lowerR, Vector128<double> lowerN) = ReducePower(lowerY, lowerE, lowerMantissa);
        (Vector128<double> upperR, Vector128<double> upperN) = ReducePower(upperY, upperE, upperMantissa);
        Vector128<float> n = Vector128.Narrow(lowerN, upperN);
        Vector128<float> r = Vector128.Narrow(lowerR, upperR);
        Vector128<float> result = ScaleByPowerOfTwo(ExpM1OfReduced(r) + Vector128<float>.One, n, n + Vector128.Create(RoundingShift));

        Vector128<float> isOne = Vector128.Equals(magnitude, Vector128<float>.One) | Vector128.Equals(y, Vector128<float>.Zero);
        result = Vector128.ConditionalSelect(isOne, Vector128<float>.One, result);

        Vector128<float> absoluteY = Vector128.Abs(y);
        Vector128<float> isInteger = Vector128.Equals(RoundToInteger(absoluteY), absoluteY);
        Vector128<float> half = absoluteY * Vector128.Create(0.5f);
        Vector128<float> isOdd = Vector128.AndNot(isInteger, Vector128.Equals(RoundToInteger(half), half));
        result |= isOdd & x & Vector128.Create(-0f);
        Vector128<float> isUndefined = Vector128.AndNot(Vector128.LessThan(x, Vector128<float>.Zero), isInteger)
            & Vector128.LessThan(magnitude, Vector128.Create(float.PositiveInfinity));
        result |= isUndefined;

        return result | ~(Vector128.Equals(x, x) & Vector128.Equals(y, y));
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow(Vector128.CreateScalar(x), Vector128.CreateScalar(y)).ToScalar();

    /// <summary>n = round(t) and r = (t - n) * ln 2 for t = y * (e + log2(mantissa)), so that 2^t = 2^n * exp(r).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> R, Vector512<double> N) ReducePower(Vector512<double> y, Vector512<double> e, Vector512<double> mantissa)
    {
        Vector512<double> s = (mantissa - Vector512<double>.One) / (mantissa + Vector512<double>.One);
        Vector512<double> square = s * s;
        Vector512<double> p = (square * PowLog7) + Vector512.Create(PowLog6);
        p = (p * square) + Vector512.Create(PowLog5);
        p = (p * square) + Vector512.Create(PowLog4);
        p = (p * square) + Vector512.Create(PowLog3);
        p = (p * square) + Vector512.Create(PowLog2);
        p = (p * square) + Vector512.Create(PowLog1);
        p = (p * square) + Vector512.Create(PowLog0);
        Vector512<double> t = y * ((p * s) + e);
        t = Vector512.MinNative(Vector512.Create(PowExponentLimit), Vector512.MaxNative(Vector512.Create(-PowExponentLimit), t));
        Vector512<double> n = t + Vector512.Create(DoubleRoundingShift) - Vector512.Create(DoubleRoundingShift);
        return ((t - n) * Ln2, n);
    }

    /// <inheritdoc cref="ReducePower(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> R, Vector256<double> N) ReducePower(Vector256<double> y, Vector256<double> e, Vector256<double> mantissa)
    {
        Vector256<double> s = (mantissa - Vector256<double>.One) / (mantissa + Vector256<double>.One);
        Vector256<double> square = s * s;
        Vector256<double> p = (square * PowLog7) + Vector256.Create(PowLog6);
        p = (p * square) + Vector256.Create(PowLog5);
        p = (p * square) + Vector256.Create(PowLog4);
        p = (p * square) + Vector256.Create(PowLog3);
        p = (p * square) + Vector256.Create(PowLog2);
        p = (p * square) + Vector256.Create(PowLog1);
        p = (p * square) + Vector256.Create(PowLog0);
        Vector256<double> t = y * ((p * s) + e);
        t = Vector256.MinNative(Vector256.Create(PowExponentLimit), Vector256.MaxNative(Vector256.Create(-PowExponentLimit), t));
        Vector256<double> n = t + Vector256.Create(DoubleRoundingShift) - Vector256.Create(DoubleRoundingShift);
        return ((t - n) * Ln2, n);
    }

    /// <inheritdoc cref="ReducePower(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> R, Vector128<double> N) ReducePower(Vector128<double> y, Vector128<double> e, Vector128<double> mantissa)
    {
        Vector128<double> s = (mantissa - Vector128<double>.One) / (mantissa + Vector128<double>.One);
        Vector128<double> square = s * s;
        Vector128<double> p = (square * PowLog7) + Vector128.Create(PowLog6);
        p = (p * square) + Vector128.Create(PowLog5);
        p = (p * square) + Vector128.Create(PowLog4);
        p = (p * square) + Vector128.Create(PowLog3);
        p = (p * square) + Vector128.Create(PowLog2);
        p = (p * square) + Vector128.Create(PowLog1);
        p = (p * square) + Vector128.Create(PowLog0);
        Vector128<double> t = y * ((p * s) + e);
        t = Vector128.MinNative(Vector128.Create(PowExponentLimit), Vector128.MaxNative(Vector128.Create(-PowExponentLimit), t));
        Vector128<double> n = t + Vector128.Create(DoubleRoundingShift) - Vector128.Create(DoubleRoundingShift);
        return ((t - n) * Ln2, n);
    }

    /// <summary>The nearest integer to a number that is not negative; 2^23 and more are integers already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> RoundToInteger(Vector512<float> x) =>
        Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512.Create(TwoTo23)),
            x + Vector512.Create(TwoTo23) - Vector512.Create(TwoTo23),
            x);

    /// <inheritdoc cref="RoundToInteger(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> RoundToInteger(Vector256<float> x) =>
        Vector256.ConditionalSelect(
            Vector256.LessThan(x, Vector256.Create(TwoTo23)),
            x + Vector256.Create(TwoTo23) - Vector256.Create(TwoTo23),
            x);

    /// <inheritdoc cref="RoundToInteger(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> RoundToInteger(Vector128<float> x) =>
        Vector128.ConditionalSelect(
            Vector128.LessThan(x, Vector128.Create(TwoTo23)),
            x + Vector128.Create(TwoTo23) - Vector128.Create(TwoTo23),
            x);
}
