using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetCompiler;

public static partial class VectorMath
{
    // Below, tanh(x) = x to the last bit (x^3 / 3 is less than half a unit), and the quotient would lose the bits of denormals.
    private const float TanhIdentity = 0.0004f;

    // tanh(x) = x * P(x^2) / Q(x^2), minimax on [-8, 8]: Eigen, generic_fast_tanh_float.
    private const float TanhP0 = 4.89352455891786e-03f;
    private const float TanhP1 = 6.37261928875436e-04f;
    private const float TanhP2 = 1.48572235717979e-05f;
    private const float TanhP3 = 5.12229709037114e-08f;
    private const float TanhP4 = -8.60467152213735e-11f;
    private const float TanhP5 = 2.00018790482477e-13f;
    private const float TanhP6 = -2.76076847742355e-16f;
    private const float TanhQ0 = 4.89352518554385e-03f;
    private const float TanhQ1 = 2.26843463243900e-03f;
    private const float TanhQ2 = 1.18534705686654e-04f;
    private const float TanhQ3 = 1.19825839466702e-06f;

    /// <summary>Where the quotient rounds to 1, which depends on how its polynomials round (both figures from Eigen).</summary>
    private static float TanhHighest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported ? 7.99881172f : 7.90531111f;
    }

    /// <summary>
    /// tanh(x) as an odd rational function of degree 13 over 6 (Eigen), the argument clamped to where the result is 1: no exponential. Error at most 5 ulp, 7 without fused
    /// multiply-add.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum return their second operand when one is NaN.
        Vector512<float> c = Vector512.MinNative(Vector512.Create(TanhHighest), Vector512.MaxNative(Vector512.Create(-TanhHighest), x));
        Vector512<float> square = c * c;
        Vector512<float> p = Vector512.MultiplyAddEstimate(square, Vector512.Create(TanhP6), Vector512.Create(TanhP5));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(TanhP4));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(TanhP3));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(TanhP2));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(TanhP1));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(TanhP0));
        Vector512<float> q = Vector512.MultiplyAddEstimate(square, Vector512.Create(TanhQ3), Vector512.Create(TanhQ2));
        q = Vector512.MultiplyAddEstimate(q, square, Vector512.Create(TanhQ1));
        q = Vector512.MultiplyAddEstimate(q, square, Vector512.Create(TanhQ0));
        Vector512<float> isIdentity = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(TanhIdentity));
        return Vector512.ConditionalSelect(isIdentity, x, c * p / q);
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> c = Vector256.MinNative(Vector256.Create(TanhHighest), Vector256.MaxNative(Vector256.Create(-TanhHighest), x));
        Vector256<float> square = c * c;
        Vector256<float> p = Vector256.MultiplyAddEstimate(square, Vector256.Create(TanhP6), Vector256.Create(TanhP5));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP4));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP3));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP2));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP1));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP0));
        Vector256<float> q = Vector256.MultiplyAddEstimate(square, Vector256.Create(TanhQ3), Vector256.Create(TanhQ2));
        q = Vector256.MultiplyAddEstimate(q, square, Vector256.Create(TanhQ1));
        q = Vector256.MultiplyAddEstimate(q, square, Vector256.Create(TanhQ0));
        Vector256<float> isIdentity = Vector256.LessThan(Vector256.Abs(x), Vector256.Create(TanhIdentity));
        return Vector256.ConditionalSelect(isIdentity, x, c * p / q);
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        Vector128<float> c = Vector128.MinNative(Vector128.Create(TanhHighest), Vector128.MaxNative(Vector128.Create(-TanhHighest), x));
        Vector128<float> square = c * c;
        Vector128<float> p = Vector128.MultiplyAddEstimate(square, Vector128.Create(TanhP6), Vector128.Create(TanhP5));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(TanhP4));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(TanhP3));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(TanhP2));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(TanhP1));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(TanhP0));
        Vector128<float> q = Vector128.MultiplyAddEstimate(square, Vector128.Create(TanhQ3), Vector128.Create(TanhQ2));
        q = Vector128.MultiplyAddEstimate(q, square, Vector128.Create(TanhQ1));
        q = Vector128.MultiplyAddEstimate(q, square, Vector128.Create(TanhQ0));
        Vector128<float> isIdentity = Vector128.LessThan(Vector128.Abs(x), Vector128.Create(TanhIdentity));
        return Vector128.ConditionalSelect(isIdentity, x, c * p / q);
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh(Vector128.CreateScalar(x)).ToScalar();
}
