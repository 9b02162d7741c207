using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NetCompiler.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace NetCompiler.Tests.Kernels;

/// <summary>The errors that the functions' documentation promises, asserted; the printed figure is the measured one.</summary>
[Trait("Category", "Numeric")]
public class AccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void Exp_StaysWithinItsBound() => AssertWithin<ExpOperation>(1.1);

    [Fact]
    public void Log_StaysWithinItsBound() => AssertWithin<LogOperation>(1);

    [Fact]
    public void Log1P_StaysWithinItsBound() => AssertWithin<Log1POperation>(2);

    [Fact]
    public void ExpM1_StaysWithinItsBound() => AssertWithin<ExpM1Operation>(3);

    [Fact]
    public void Tanh_StaysWithinItsBound() => AssertWithin<TanhOperation>(Fma.IsSupported || AdvSimd.IsSupported ? 5 : 7);

    [Fact]
    public void Sigmoid_StaysWithinItsBound() => AssertWithin<SigmoidOperation>(2.5, x => !(x < -87.3f));

    [Fact]
    public void Sigmoid_IsNeverDenormal()
    {
        float[] source = [.. Enumerable.Range(-12000, 24000).Select(i => i / 100f)], result = new float[source.Length];
        ElementwiseLoops<SigmoidOperation>.RunWidest(source, result);
        Assert.All(source.Zip(result), pair => Expect.True(!float.IsSubnormal(pair.Second), $"sigmoid({pair.First:R}) is {pair.Second:R}"));
        Assert.All(source.Zip(result), pair => Expect.True(pair.Second > 0 || pair.First < -87.2f, $"sigmoid({pair.First:R}) is {pair.Second:R}"));
    }

    [Fact]
    public void Softplus_StaysWithinItsBound() => AssertWithin<SoftplusOperation>(3);

    [Fact]
    public void Erf_StaysWithinItsBound() => AssertWithin<ErfOperation>(1.5);

    [Fact]
    public void Sin_StaysWithinItsBound() => AssertWithin<SinOperation>(1.6, x => MathF.Abs(x) <= 4.2e8f);

    [Fact]
    public void Cos_StaysWithinItsBound() => AssertWithin<CosOperation>(1.6, x => MathF.Abs(x) <= 4.2e8f);

    private void AssertWithin<TOperation>(double bound, Func<float, bool>? counts = null)
        where TOperation : struct, IElementwise
    {
        (double error, float at) = AccuracyScan.Run<TOperation>(counts ?? (_ => true));
        output.WriteLine(FormattableString.Invariant($"{typeof(TOperation).Name}: {error:F3} ulp at {at:R}"));
        Expect.True(error <= bound, $"{typeof(TOperation).Name}({at:R}) is {error:F3} ulp off; at most {bound} is promised");
    }
}
