using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    /// <summary>-1 below zero, 1 above, zero for zero (with its sign), NaN for NaN. Exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sign(Vector512<float> x)
    {
        Vector512<float> isOrdered = Vector512.GreaterThan(Vector512.Abs(x), Vector512<float>.Zero);
        return Vector512.ConditionalSelect(isOrdered, Vector512<float>.One | (x & Vector512.Create(-0f)), x);
    }

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sign(Vector256<float> x)
    {
        Vector256<float> isOrdered = Vector256.GreaterThan(Vector256.Abs(x), Vector256<float>.Zero);
        return Vector256.ConditionalSelect(isOrdered, Vector256<float>.One | (x & Vector256.Create(-0f)), x);
    }

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sign(Vector128<float> x)
    {
        Vector128<float> isOrdered = Vector128.GreaterThan(Vector128.Abs(x), Vector128<float>.Zero);
        return Vector128.ConditionalSelect(isOrdered, Vector128<float>.One | (x & Vector128.Create(-0f)), x);
    }

    /// <inheritdoc cref="Sign(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sign(float x) => Sign(Vector128.CreateScalar(x)).ToScalar();
}
