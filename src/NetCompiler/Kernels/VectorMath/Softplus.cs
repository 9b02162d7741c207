using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    // log(1 + e) = t (1 + t^2 / 12 + t^4 / 80 + ..), term k being 1 / ((2k + 1) 4^k): with t up to 2/3 the first term left out is below 2^-26.
    private const float Softplus1 = 1f / 12;
    private const float Softplus2 = 1f / 80;
    private const float Softplus3 = 1f / 448;
    private const float Softplus4 = 1f / 2304;
    private const float Softplus5 = 1f / 11264;
    private const float Softplus6 = 1f / 53248;

    /// <summary>
    /// log(1 + exp(x)) = max(x, 0) + log(1 + e) with e = exp(-|x|), which neither overflows nor cancels; log(1 + e) = 2 artanh(t / 2) with t = 2 e / (2 + e), by its
    /// series. Error at most 3 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        Vector512<float> e = Exp(-Vector512.Abs(x));
        Vector512<float> t = (e + e) / (Vector512.Create(2f) + e);
        Vector512<float> square = t * t;
        Vector512<float> p = Vector512.MultiplyAddEstimate(Vector512.Create(Softplus6), square, Vector512.Create(Softplus5));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Softplus4));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Softplus3));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Softplus2));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Softplus1));
        Vector512<float> log = Vector512.MultiplyAddEstimate(p * square, t, t);

        // Zero comes first: the native maximum returns its second operand when one is NaN.
        return Vector512.MaxNative(Vector512<float>.Zero, x) + log;
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x)
    {
        Vector256<float> e = Exp(-Vector256.Abs(x));
        Vector256<float> t = (e + e) / (Vector256.Create(2f) + e);
        Vector256<float> square = t * t;
        Vector256<float> p = Vector256.MultiplyAddEstimate(Vector256.Create(Softplus6), square, Vector256.Create(Softplus5));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Softplus4));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Softplus3));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Softplus2));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Softplus1));
        Vector256<float> log = Vector256.MultiplyAddEstimate(p * square, t, t);

        return Vector256.MaxNative(Vector256<float>.Zero, x) + log;
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x)
    {
        Vector128<float> e = Exp(-Vector128.Abs(x));
        Vector128<float> t = (e + e) / (Vector128.Create(2f) + e);
        Vector128<float> square = t * t;
        Vector128<float> p = Vector128.MultiplyAddEstimate(Vector128.Create(Softplus6), square, Vector128.Create(Softplus5));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(Softplus4));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(Softplus3));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(Softplus2));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(Softplus1));
        Vector128<float> log = Vector128.MultiplyAddEstimate(p * square, t, t);

        return Vector128.MaxNative(Vector128<float>.Zero, x) + log;
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalar(x)).ToScalar();
}
