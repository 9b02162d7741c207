using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetCompiler.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Kernels;

[Trait("Category", "Numeric")]
public class PowTests(ITestOutputHelper output)
{
    private const double Bound = 1.5;

    /// <summary>Every pair of these, against the BCL: zeros, ones, infinities, odd, even and broken exponents, denormals, both signs.</summary>
    private static readonly float[] Corners =
    [
        0f, 1f, 2f, 3f, 0.5f, 0.25f, 1.5f, 2.5f, 7f, 100f, 101f, 1e-40f, 1e-20f, 1e20f, 8388607f, 8388609f, 16777215f, 16777216f, 3e38f, float.PositiveInfinity,
        -0f, -1f, -2f, -3f, -0.5f, -0.25f, -1.5f, -2.5f, -7f, -100f, -101f, -1e-40f, -1e-20f, -1e20f, -8388607f, -8388609f, -16777215f, -3e38f, float.NegativeInfinity,
    ];

    [Fact]
    public void Pow_OfEveryPairOfCorners_IsTheBclsPower()
    {
        foreach (float x in Corners)
        {
            foreach (float y in Corners)
            {
                float expected = (float)Math.Pow(x, y);
                float[] results = [Widest(x, y), Invoke256(x, y), Invoke128(x, y), VectorMath.Pow(x, y)];
                foreach (float actual in results)
                {
                    string message = FormattableString.Invariant($"Pow({x:R}, {y:R}) is {actual:R}, expected {expected:R}");
                    Assert.True(Ulp.Error(actual, Math.Pow(x, y)) <= Bound, message);
                    Assert.True(float.IsNaN(expected) || float.IsNegative(actual) == float.IsNegative(expected), message);
                }
            }
        }
    }

    [Fact]
    public void Pow_OfNaN_IsNaN()
    {
        foreach (float other in Corners)
        {
            Assert.True(float.IsNaN(Widest(float.NaN, other)));
            Assert.True(float.IsNaN(Widest(other, float.NaN)));
            Assert.True(float.IsNaN(Invoke128(float.NaN, other)));
            Assert.True(float.IsNaN(Invoke128(other, float.NaN)));
        }
    }

    [Fact]
    public void Pow_StaysWithinItsBound()
    {
        Random random = new(5);
        (double Error, float X, float Y) worst = (0, 0, 0);
        for (int i = 0; i < 500_000; i++)
        {
            float x = MathF.Exp((random.NextSingle() * 20) - 10);
            float y = (i & 1) == 0 ? (random.NextSingle() * 6) - 3 : ((random.NextSingle() * 200) - 100) / MathF.Log(x);
            double error = Ulp.Error(Widest(x, y), Math.Pow(x, y));
            worst = error > worst.Error ? (error, x, y) : worst;
        }

        output.WriteLine(FormattableString.Invariant($"PowOperation: {worst.Error:F3} ulp at {worst.X:R}, {worst.Y:R}"));
        Expect.True(worst.Error <= Bound, $"Pow({worst.X:R}, {worst.Y:R}) is {worst.Error:F3} ulp off; at most {Bound} is promised");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Widest(float x, float y) => Vector512.IsHardwareAccelerated
        ? VectorMath.Pow(Vector512.Create(x), Vector512.Create(y)).GetElement(11)
        : Invoke256(x, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Invoke256(float x, float y) => VectorMath.Pow(Vector256.Create(x), Vector256.Create(y)).GetElement(5);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Invoke128(float x, float y) => VectorMath.Pow(Vector128.Create(x), Vector128.Create(y)).GetElement(3);
}
