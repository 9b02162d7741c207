using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

public static partial class VectorMath
{
    // Where the two forms meet, and from where on erf is 1 to the last bit. The polynomials are minimax (N. Juffa, erff).
    private const float ErfJoint = 0.927734375f;
    private const float ErfHighest = 4f;

    // erf(x) / x - 1 in powers of x^2.
    private const float ErfInner0 = 1.28379166e-1f;
    private const float ErfInner1 = -3.76125336e-1f;
    private const float ErfInner2 = 1.12819925e-1f;
    private const float ErfInner3 = -2.67681349e-2f;
    private const float ErfInner4 = 4.99119423e-3f;
    private const float ErfInner5 = -5.96761703e-4f;

    // log(1 - erf(x)) / x + 1 in powers of x.
    private const float ErfOuter0 = -1.28717512e-1f;
    private const float ErfOuter1 = -6.34846687e-1f;
    private const float ErfOuter2 = -1.06777877e-1f;
    private const float ErfOuter3 = 2.42546219e-2f;
    private const float ErfOuter4 = -3.88396438e-3f;
    private const float ErfOuter5 = 3.83197126e-4f;
    private const float ErfOuter6 = -1.72853470e-5f;

    /// <summary>
    /// erf(x) = x + x * p(x^2) up to |x| = 0.93, sign(x) * (1 - exp(-|x| + |x| * q(|x|))) beyond (N. Juffa's erff). Error at most 1.5 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        // The constant comes first: the native minimum returns its second operand when one is NaN.
        Vector512<float> t = Vector512.MinNative(Vector512.Create(ErfHighest), Vector512.Abs(x));
        Vector512<float> square = t * t;

        Vector512<float> p = Vector512.MultiplyAddEstimate(Vector512.Create(ErfInner5), square, Vector512.Create(ErfInner4));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(ErfInner3));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(ErfInner2));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(ErfInner1));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(ErfInner0));
        Vector512<float> inner = Vector512.MultiplyAddEstimate(p, t, t);

        Vector512<float> q = Vector512.MultiplyAddEstimate(Vector512.Create(ErfOuter6), t, Vector512.Create(ErfOuter5));
        q = Vector512.MultiplyAddEstimate(q, t, Vector512.Create(ErfOuter4));
        q = Vector512.MultiplyAddEstimate(q, t, Vector512.Create(ErfOuter3));
        q = Vector512.MultiplyAddEstimate(q, t, Vector512.Create(ErfOuter2));
        q = Vector512.MultiplyAddEstimate(q, t, Vector512.Create(ErfOuter1));
        q = Vector512.MultiplyAddEstimate(q, t, Vector512.Create(ErfOuter0));
        Vector512<float> outer = Vector512<float>.One - Exp(Vector512.MultiplyAddEstimate(q, t, -t));

        Vector512<float> magnitude = Vector512.ConditionalSelect(Vector512.GreaterThan(t, Vector512.Create(ErfJoint)), outer, inner);
        return magnitude | (x & Vector512.Create(-0f));
    }

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        Vector256<float> t = Vector256.MinNative(Vector256.Create(ErfHighest), Vector256.Abs(x));
        Vector256<float> square = t * t;

        Vector256<float> p = Vector256.MultiplyAddEstimate(Vector256.Create(ErfInner5), square, Vector256.Create(ErfInner4));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(ErfInner3));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(ErfInner2));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(ErfInner1));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(ErfInner0));
        Vector256<float> inner = Vector256.MultiplyAddEstimate(p, t, t);

        Vector256<float> q = Vector256.MultiplyAddEstimate(Vector256.Create(ErfOuter6), t, Vector256.Create(ErfOuter5));
        q = Vector256.MultiplyAddEstimate(q, t, Vector256.Create(ErfOuter4));
        q = Vector256.MultiplyAddEstimate(q, t, Vector256.Create(ErfOuter3));
        q = Vector256.MultiplyAddEstimate(q, t, Vector256.Create(ErfOuter2));
        q = Vector256.MultiplyAddEstimate(q, t, Vector256.Create(ErfOuter1));
        q = Vector256.MultiplyAddEstimate(q, t, Vector256.Create(ErfOuter0));
        Vector256<float> outer = Vector256<float>.One - Exp(Vector256.MultiplyAddEstimate(q, t, -t));

        Vector256<float> magnitude = Vector256.ConditionalSelect(Vector256.GreaterThan(t, Vector256.Create(ErfJoint)), outer, inner);
        return magnitude | (x & Vector256.Create(-0f));
    }

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x)
    {
        Vector128<float> t = Vector128.MinNative(Vector128.Create(ErfHighest), Vector128.Abs(x));
        Vector128<float> square = t * t;

        Vector128<float> p = Vector128.MultiplyAddEstimate(Vector128.Create(ErfInner5), square, Vector128.Create(ErfInner4));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(ErfInner3));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(ErfInner2));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(ErfInner1));
        p = Vector128.MultiplyAddEstimate(p, square, Vector128.Create(ErfInner0));
        Vector128<float> inner = Vector128.MultiplyAddEstimate(p, t, t);

        Vector128<float> q = Vector128.MultiplyAddEstimate(Vector128.Create(ErfOuter6), t, Vector128.Create(ErfOuter5));
        q = Vector128.MultiplyAddEstimate(q, t, Vector128.Create(ErfOuter4));
        q = Vector128.MultiplyAddEstimate(q, t, Vector128.Create(ErfOuter3));
        q = Vector128.MultiplyAddEstimate(q, t, Vector128.Create(ErfOuter2));
        q = Vector128.MultiplyAddEstimate(q, t, Vector128.Create(ErfOuter1));
        q = Vector128.MultiplyAddEstimate(q, t, Vector128.Create(ErfOuter0));
        Vector128<float> outer = Vector128<float>.One - Exp(Vector128.MultiplyAddEstimate(q, t, -t));

        Vector128<float> magnitude = Vector128.ConditionalSelect(Vector128.GreaterThan(t, Vector128.Create(ErfJoint)), outer, inner);
        return magnitude | (x & Vector128.Create(-0f));
    }

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Erf(Vector128.CreateScalar(x)).ToScalar();
}
