using System.Runtime.Intrinsics;

namespace NetCompiler.Tests.Kernels;

/// <summary>One function of VectorMath at its four widths, with a reference in double.</summary>
internal interface IElementwise
{
    static abstract Vector512<float> Invoke(Vector512<float> x);

    static abstract Vector256<float> Invoke(Vector256<float> x);

    static abstract Vector128<float> Invoke(Vector128<float> x);

    static abstract float Invoke(float x);

    static abstract double Reference(double x);
}
