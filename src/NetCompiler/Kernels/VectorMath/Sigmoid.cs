using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    // exp(-87.3) is 1.2e-38, just above the smallest normal number.
    private const float SigmoidHighest = 87.3f;

    /// <summary>
    /// 1 / (1 + exp(-x)), with the exponential of <see cref="Exp(Vector512{float})"/>: small results keep their relative accuracy. Below -87.3, where they would be denormals or
    /// nearly so (1.2e-38), the result is 0: each product with a denormal takes some processors a hundred cycles. Error at most 2.5 ulp where it is not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum return their second operand when one is NaN.
        Vector512<float> c = Vector512.MinNative(Vector512.Create(SigmoidHighest), Vector512.MaxNative(Vector512.Create(-SigmoidHighest), x));
        Vector512<float> shifted = Vector512.MultiplyAddEstimate(c, Vector512.Create(-Log2E), Vector512.Create(RoundingShift));
        Vector512<float> n = shifted - Vector512.Create(RoundingShift);
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), -c);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);

        // 2^n is a normal number, n from -126 to 126; it stands in the low bits of its sum, and the shift drops the others.
        Vector512<float> scale = PowerOfTwo(shifted.AsInt32());
        Vector512<float> result = Vector512<float>.One / Vector512.MultiplyAddEstimate(ExpM1OfReduced(r) + Vector512<float>.One, scale, Vector512<float>.One);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-SigmoidHighest)), Vector512<float>.Zero, result);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        // The constant comes first: the native minimum and maximum return their second operand when one is NaN.
        Vector256<float> c = Vector256.MinNative(Vector256.Create(SigmoidHighest), Vector256.MaxNative(Vector256.Create(-SigmoidHighest), x));
        Vector256<float> shifted = Vector256.MultiplyAddEstimate(c, Vector256.Create(-Log2E), Vector256.Create(RoundingShift));
        Vector256<float> n = shifted - Vector256.Create(RoundingShift);
        Vector256<float> r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), -c);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);

        // 2^n is a normal number, n from -126 to 126; it stands in the low bits of its sum, and the shift drops the others.
        Vector256<float> scale = PowerOfTwo(shifted.AsInt32());
        Vector256<float> result = Vector256<float>.One / Vector256.MultiplyAddEstimate(ExpM1OfReduced(r) + Vector256<float>.One, scale, Vector256<float>.One);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-SigmoidHighest)), Vector256<float>.Zero, result);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x)
    {
        // The constant comes first: the native minimum and maximum return their second operand when one is NaN.
        Vector128<float> c = Vector128.MinNative(Vector128.Create(SigmoidHighest), Vector128.MaxNative(Vector128.Create(-SigmoidHighest), x));
        Vector128<float> shifted = Vector128.MultiplyAddEstimate(c, Vector128.Create(-Log2E), Vector128.Create(RoundingShift));
        Vector128<float> n = shifted - Vector128.Create(RoundingShift);
        Vector128<float> r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), -c);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);

        // 2^n is a normal number, n from -126 to 126; it stands in the low bits of its sum, and the shift drops the others.
        Vector128<float> scale = PowerOfTwo(shifted.AsInt32());
        Vector128<float> result = Vector128<float>.One / Vector128.MultiplyAddEstimate(ExpM1OfReduced(r) + Vector128<float>.One, scale, Vector128<float>.One);
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(-SigmoidHighest)), Vector128<float>.Zero, result);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Sigmoid(Vector128.CreateScalar(x)).ToScalar();
}
