using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    /// <summary>
    /// log(1 + exp(x)) = max(x, 0) + log(1 + e) with e = exp(-|x|), which neither overflows nor cancels; the logarithm as in <see cref="Log1P(Vector512{float})"/>,
    /// without its special cases, as 1 + e lies between 1 and 2. Error at most 3 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        Vector512<float> e = Exp(-Vector512.Abs(x));
        Vector512<float> u = Vector512<float>.One + e;
        Vector512<float> correction = (e - (u - Vector512<float>.One)) / u;
        return Vector512.MaxNative(Vector512<float>.Zero, x) + (LogOfNormal(u, Vector512<float>.Zero) + correction);
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x)
    {
        Vector256<float> e = Exp(-Vector256.Abs(x));
        Vector256<float> u = Vector256<float>.One + e;
        Vector256<float> correction = (e - (u - Vector256<float>.One)) / u;
        return Vector256.MaxNative(Vector256<float>.Zero, x) + (LogOfNormal(u, Vector256<float>.Zero) + correction);
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x)
    {
        Vector128<float> e = Exp(-Vector128.Abs(x));
        Vector128<float> u = Vector128<float>.One + e;
        Vector128<float> correction = (e - (u - Vector128<float>.One)) / u;
        return Vector128.MaxNative(Vector128<float>.Zero, x) + (LogOfNormal(u, Vector128<float>.Zero) + correction);
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalar(x)).ToScalar();
}
