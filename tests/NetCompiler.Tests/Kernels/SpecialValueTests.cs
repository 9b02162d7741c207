using Xunit;

namespace NetCompiler.Tests.Kernels;

[Trait("Category", "Numeric")]
public class SpecialValueTests
{
    private const float Infinity = float.PositiveInfinity;
    private const float NaN = float.NaN;
    private const float Denormal = 1e-40f;

    [Fact]
    public void Exp_OfSpecialValues() => AssertMaps<ExpOperation>(
        (0, 1), (-0f, 1), (Infinity, Infinity), (-Infinity, 0), (100, Infinity), (-200, 0), (Denormal, 1), (NaN, NaN), (88.8f, Infinity), (-103f, float.Epsilon));

    [Fact]
    public void Log_OfSpecialValues() => AssertMaps<LogOperation>(
        (0, -Infinity), (-0f, -Infinity), (1, 0), (Infinity, Infinity), (-Infinity, NaN), (-1, NaN), (-Denormal, NaN), (NaN, NaN),
        (float.Epsilon, (float)Math.Log(float.Epsilon)));

    [Fact]
    public void Log1P_OfSpecialValues() => AssertMaps<Log1POperation>(
        (0, 0), (-0f, -0f), (-1, -Infinity), (-2, NaN), (Infinity, Infinity), (-Infinity, NaN), (Denormal, Denormal), (NaN, NaN));

    [Fact]
    public void ExpM1_OfSpecialValues() => AssertMaps<ExpM1Operation>(
        (0, 0), (-0f, -0f), (Infinity, Infinity), (-Infinity, -1), (100, Infinity), (-100, -1), (Denormal, Denormal), (NaN, NaN));

    [Fact]
    public void Tanh_OfSpecialValues() => AssertMaps<TanhOperation>(
        (0, 0), (-0f, -0f), (Infinity, 1), (-Infinity, -1), (20, 1), (-20, -1), (Denormal, Denormal), (NaN, NaN));

    [Fact]
    public void Sigmoid_OfSpecialValues() => AssertMaps<SigmoidOperation>(
        (0, 0.5f), (Infinity, 1), (-Infinity, 0), (100, 1), (-200, 0), (-100, 0), (-88, 0), (NaN, NaN));

    [Fact]
    public void Softplus_OfSpecialValues() => AssertMaps<SoftplusOperation>(
        (Infinity, Infinity), (-Infinity, 0), (100, 100), (-200, 0), (-100, (float)Math.Exp(-100)), (1e30f, 1e30f), (NaN, NaN));

    [Fact]
    public void Erf_OfSpecialValues() => AssertMaps<ErfOperation>(
        (0, 0), (-0f, -0f), (Infinity, 1), (-Infinity, -1), (5, 1), (1e30f, 1), (-1e30f, -1), (NaN, NaN));

    [Fact]
    public void Sin_OfSpecialValues() => AssertMaps<SinOperation>(
        (0, 0), (-0f, -0f), (Infinity, NaN), (-Infinity, NaN), (1e20f, NaN), (Denormal, Denormal), (NaN, NaN));

    [Fact]
    public void Cos_OfSpecialValues() => AssertMaps<CosOperation>((0, 1), (-0f, 1), (Infinity, NaN), (-Infinity, NaN), (Denormal, 1), (NaN, NaN));

    [Fact]
    public void Sign_OfSpecialValues() => AssertMaps<SignOperation>(
        (0, 0), (-0f, -0f), (Infinity, 1), (-Infinity, -1), (Denormal, 1), (-Denormal, -1), (3, 1), (-3, -1), (NaN, NaN));

    /// <summary>At every width; bits must agree, so that the sign of a zero counts, but any NaN is NaN.</summary>
    private static void AssertMaps<TOperation>(params (float Argument, float Expected)[] pairs)
        where TOperation : struct, IElementwise
    {
        float[] source = new float[16];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = pairs[i % pairs.Length].Argument;
        }

        float[][] results = [new float[16], new float[16], new float[16], new float[16]];
        ElementwiseLoops<TOperation>.Run512(source, results[0]);
        ElementwiseLoops<TOperation>.Run256(source, results[1]);
        ElementwiseLoops<TOperation>.Run128(source, results[2]);
        ElementwiseLoops<TOperation>.RunScalar(source, results[3]);
        for (int width = 0; width < results.Length; width++)
        {
            for (int i = 0; i < source.Length; i++)
            {
                float expected = pairs[i % pairs.Length].Expected;
                float actual = results[width][i];
                bool same = float.IsNaN(expected)
                    ? float.IsNaN(actual)
                    : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual);
                Assert.True(same, FormattableString.Invariant(
                    $"{typeof(TOperation).Name}({source[i]:R}) is {actual:R}, expected {expected:R} (width {width}: 512, 256, 128, scalar)"));
            }
        }
    }
}
