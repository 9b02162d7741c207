using System.Runtime.Intrinsics;

namespace NetCompiler.Tests.Kernels;

// One row per function: the same name at four widths, and the reference.

internal readonly struct ExpOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Exp(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Exp(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Exp(x);

    public static float Invoke(float x) => VectorMath.Exp(x);

    public static double Reference(double x) => Math.Exp(x);
}

internal readonly struct LogOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Log(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Log(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Log(x);

    public static float Invoke(float x) => VectorMath.Log(x);

    public static double Reference(double x) => Math.Log(x);
}

internal readonly struct Log1POperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Log1P(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Log1P(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Log1P(x);

    public static float Invoke(float x) => VectorMath.Log1P(x);

    public static double Reference(double x) => References.Log1P(x);
}

internal readonly struct ExpM1Operation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.ExpM1(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.ExpM1(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.ExpM1(x);

    public static float Invoke(float x) => VectorMath.ExpM1(x);

    public static double Reference(double x) => References.ExpM1(x);
}

internal readonly struct TanhOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Tanh(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Tanh(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Tanh(x);

    public static float Invoke(float x) => VectorMath.Tanh(x);

    public static double Reference(double x) => Math.Tanh(x);
}

internal readonly struct SigmoidOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sigmoid(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Sigmoid(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Sigmoid(x);

    public static float Invoke(float x) => VectorMath.Sigmoid(x);

    public static double Reference(double x) => References.Sigmoid(x);
}

internal readonly struct SoftplusOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Softplus(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Softplus(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Softplus(x);

    public static float Invoke(float x) => VectorMath.Softplus(x);

    public static double Reference(double x) => References.Softplus(x);
}

internal readonly struct ErfOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Erf(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Erf(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Erf(x);

    public static float Invoke(float x) => VectorMath.Erf(x);

    public static double Reference(double x) => References.Erf(x);
}

internal readonly struct SinOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sin(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Sin(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Sin(x);

    public static float Invoke(float x) => VectorMath.Sin(x);

    public static double Reference(double x) => Math.Sin(x);
}

internal readonly struct CosOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Cos(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Cos(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Cos(x);

    public static float Invoke(float x) => VectorMath.Cos(x);

    public static double Reference(double x) => Math.Cos(x);
}

internal readonly struct SignOperation : IElementwise
{
    public static Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sign(x);

    public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Sign(x);

    public static Vector128<float> Invoke(Vector128<float> x) => VectorMath.Sign(x);

    public static float Invoke(float x) => VectorMath.Sign(x);

    public static double Reference(double x) => double.IsNaN(x) ? x : Math.Sign(x);
}
