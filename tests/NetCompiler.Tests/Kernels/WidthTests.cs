using System.Globalization;
using System.Runtime.Intrinsics;
using NetCompiler.TestKit;
using Xunit;

namespace NetCompiler.Tests.Kernels;

[Trait("Category", "Numeric")]
public class WidthTests
{
    /// <summary>A run of the tests that means to test one width says so in NETCOMPILER_WIDTH (512, 256 or 128); here the machine confirms it.</summary>
    [Fact]
    public void WidthInUse_IsTheOneTheRunClaims()
    {
        string? claimed = Environment.GetEnvironmentVariable("NETCOMPILER_WIDTH");
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        if (!string.IsNullOrEmpty(claimed))
        {
            Assert.Equal(claimed, width.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Exp_HasTheSameBitsAtEveryWidth() => AssertSameBits<ExpOperation>();

    [Fact]
    public void Log_HasTheSameBitsAtEveryWidth() => AssertSameBits<LogOperation>();

    [Fact]
    public void Log1P_HasTheSameBitsAtEveryWidth() => AssertSameBits<Log1POperation>();

    [Fact]
    public void ExpM1_HasTheSameBitsAtEveryWidth() => AssertSameBits<ExpM1Operation>();

    [Fact]
    public void Tanh_HasTheSameBitsAtEveryWidth() => AssertSameBits<TanhOperation>();

    [Fact]
    public void Sigmoid_HasTheSameBitsAtEveryWidth() => AssertSameBits<SigmoidOperation>();

    [Fact]
    public void Softplus_HasTheSameBitsAtEveryWidth() => AssertSameBits<SoftplusOperation>();

    [Fact]
    public void Erf_HasTheSameBitsAtEveryWidth() => AssertSameBits<ErfOperation>();

    [Fact]
    public void Sin_HasTheSameBitsAtEveryWidth() => AssertSameBits<SinOperation>();

    [Fact]
    public void Cos_HasTheSameBitsAtEveryWidth() => AssertSameBits<CosOperation>();

    [Fact]
    public void Sign_HasTheSameBitsAtEveryWidth() => AssertSameBits<SignOperation>();

    /// <summary>Over numbers of the sizes networks have, and over bit patterns of every kind.</summary>
    private static void AssertSameBits<TOperation>()
        where TOperation : struct, IElementwise
    {
        Random random = new(17);
        float[] source = new float[1 << 14];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = (i & 1) == 0 ? (random.NextSingle() * 40) - 20 : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        }

        float[] expected = new float[source.Length];
        float[] actual = new float[source.Length];
        ElementwiseLoops<TOperation>.RunScalar(source, expected);
        ElementwiseLoops<TOperation>.Run512(source, actual);
        AssertSame(source, expected, actual, 512);
        ElementwiseLoops<TOperation>.Run256(source, actual);
        AssertSame(source, expected, actual, 256);
        ElementwiseLoops<TOperation>.Run128(source, actual);
        AssertSame(source, expected, actual, 128);
    }

    private static void AssertSame(float[] source, float[] expected, float[] actual, int width)
    {
        for (int i = 0; i < source.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            Expect.True(same, $"f({source[i]:R}): scalar {expected[i]:R}, {width} bits {actual[i]:R}");
        }
    }
}
