using Xunit;

namespace NetCompiler.Tests.Networks;

[Trait("Category", "Numeric")]
public class FeatureStatisticsTests
{
    [Fact]
    public void Variance_SurvivesAMeanFarFromZero()
    {
        (WeightView mean, WeightView variance) = Views(1);
        float[] values = [1_000_000, 1_000_001, 1_000_002];
        FeatureStatistics.Measure(values, mean, variance, "input");
        Assert.Equal(1_000_001f, mean[0]);
        Assert.Equal((float)(2.0 / 3), variance[0]);
    }

    [Fact]
    public void NoSamples_ChangeNothing()
    {
        (WeightView mean, WeightView variance) = Views(2);
        mean.CopyFrom([5, 6]);
        FeatureStatistics.Measure([], mean, variance, "input");
        Assert.Equal([5, 6], mean.ToArray());
    }

    [Fact]
    public void InfiniteValue_IsNamed()
    {
        (WeightView mean, WeightView variance) = Views(2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => FeatureStatistics.Measure([1, 2, 3, float.PositiveInfinity], mean, variance, "input"));
        Assert.StartsWith("input[3] (feature 1) is Infinity, but a mean needs finite values.", error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], mean.ToArray());
    }

    [Fact]
    public void VarianceBeyondAFloat_IsNamed()
    {
        (WeightView mean, WeightView variance) = Views(2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => FeatureStatistics.Measure([1, -1e20f, 3, 1e20f], mean, variance, "input"));
        Assert.Matches(@"^input: the variance of feature 1 is [0-9.]+E\+(39|40), but a float holds at most 3\.4028235E\+38\.", error.Message);
        Assert.Equal("input", error.ParamName);
        Assert.Equal([0, 0], mean.ToArray());
        Assert.Equal([0, 0], variance.ToArray());
        FeatureStatistics.Measure([-1e19f, 1e19f], Views(1).Mean, Views(1).Variance, "input");
    }

    private static (WeightView Mean, WeightView Variance) Views(int features)
    {
        WeightArena arena = new(32);
        return (new(arena, new("mean", [features], WeightPacking.Flat, 0)), new(arena, new("variance", [features], WeightPacking.Flat, 16)));
    }
}
