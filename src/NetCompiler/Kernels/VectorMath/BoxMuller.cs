using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    private const float HalfPi = 1.57079637f;

    /// <summary>
    /// sqrt(-2 ln(1 - u)) times cos and sin of 2 pi v, for u and v from [0, 1) with 24 bits (Box and Muller, 1958): two normal numbers of two uniform ones. The
    /// angle is reduced without error, as quarters of a turn.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BoxMuller(Vector256<float> u, Vector256<float> v, out Vector256<float> first, out Vector256<float> second)
    {
        Vector256<float> radius = Vector256.Sqrt(LogOfNormal(Vector256<float>.One - u, Vector256<float>.Zero) * -2f);
        Vector256<float> quarters = v * 4f;
        Vector256<float> shifted = quarters + Vector256.Create(RoundingShift);
        Vector256<float> r = (quarters - (shifted - Vector256.Create(RoundingShift))) * HalfPi;
        first = radius * SinOrCos(r, shifted.AsInt32() + Vector256<int>.One);
        second = radius * SinOrCos(r, shifted.AsInt32());
    }

    /// <inheritdoc cref="BoxMuller(Vector256{float}, Vector256{float}, out Vector256{float}, out Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BoxMuller(Vector128<float> u, Vector128<float> v, out Vector128<float> first, out Vector128<float> second)
    {
        Vector128<float> radius = Vector128.Sqrt(LogOfNormal(Vector128<float>.One - u, Vector128<float>.Zero) * -2f);
        Vector128<float> quarters = v * 4f;
        Vector128<float> shifted = quarters + Vector128.Create(RoundingShift);
        Vector128<float> r = (quarters - (shifted - Vector128.Create(RoundingShift))) * HalfPi;
        first = radius * SinOrCos(r, shifted.AsInt32() + Vector128<int>.One);
        second = radius * SinOrCos(r, shifted.AsInt32());
    }
}
