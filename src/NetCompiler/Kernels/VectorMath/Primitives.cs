using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

/// <summary>
/// The elementary functions that generated code calls, for 16, 8, 4 and 1 lanes. Every width computes the same operations, so lanes of different widths agree
/// to the bit on one machine (with fused multiply-add in hardware or without; the two differ in the last bits). NaN gives NaN. Errors are in units in the last
/// place of the exact result, over every float, as the tests assert them.
/// a * b + c is written <c>MultiplyAddEstimate</c>: fused where the hardware can, else two operations (<c>FusedMultiplyAdd</c> is then software, a hundred times
/// slower). It is written out and not behind a method of ours, as the JIT stops inlining in a caller with 512 locals and every inlined call brings some.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    // Adding 1.5 * 2^23 to |v| < 2^22 rounds v to an integer (to nearest, ties to even), which then stands in the low bits of the sum.
    private const float RoundingShift = 12582912f;
    private const int SingleExponentBias = 127;
    private const int SingleMantissaBits = 23;

    /// <summary>value * 2^n, rounded once, for |n| at most 252: n as a number, and as the sum n + <see cref="RoundingShift"/> that made it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ScaleByPowerOfTwo(Vector512<float> value, Vector512<float> n, Vector512<float> shifted)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Scale(value, n);
        }

        // Two factors, because 2^n alone leaves the range of normal floats before the product does. The first product is exact.
        Vector512<int> exponent = shifted.AsInt32() - Vector512.Create(RoundingShift).AsInt32();
        Vector512<int> half = exponent >> 1;
        return value * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <inheritdoc cref="ScaleByPowerOfTwo(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ScaleByPowerOfTwo(Vector256<float> value, Vector256<float> n, Vector256<float> shifted)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.Scale(value, n);
        }

        Vector256<int> exponent = shifted.AsInt32() - Vector256.Create(RoundingShift).AsInt32();
        Vector256<int> half = exponent >> 1;
        return value * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <inheritdoc cref="ScaleByPowerOfTwo(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ScaleByPowerOfTwo(Vector128<float> value, Vector128<float> n, Vector128<float> shifted)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.Scale(value, n);
        }

        Vector128<int> exponent = shifted.AsInt32() - Vector128.Create(RoundingShift).AsInt32();
        Vector128<int> half = exponent >> 1;
        return value * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary>2^n for n from -126 to 127, by writing the exponent's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> n) =>
        ((n + Vector512.Create(SingleExponentBias)) << SingleMantissaBits).AsSingle();

    /// <inheritdoc cref="PowerOfTwo(Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) =>
        ((n + Vector256.Create(SingleExponentBias)) << SingleMantissaBits).AsSingle();

    /// <inheritdoc cref="PowerOfTwo(Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> n) =>
        ((n + Vector128.Create(SingleExponentBias)) << SingleMantissaBits).AsSingle();
}
