using Xunit;

namespace NetCompiler.Tests.Networks;

[Trait("Category", "Numeric")]
public class ScalarMathTests
{
    // Values to 17 digits, as in Abramowitz and Stegun, table 7.1, and on both sides of 3, where the method changes.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.52049987781304654)]
    [InlineData(-1, -0.84270079294971487)]
    [InlineData(2, 0.99532226501895273)]
    [InlineData(2.9999, 0.9999778955735178)]
    [InlineData(3, 0.99997790950300141)]
    [InlineData(3.5, 0.9999992569016276)]
    [InlineData(4, 0.99999998458274210)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Erf_IsThatOfTables(double x, double expected) => Assert.Equal(expected, ScalarMath.Erf(x), 4e-16);

    [Fact]
    public void Erf_OfNaN_IsNaN() => Assert.True(double.IsNaN(ScalarMath.Erf(double.NaN)) && double.IsNaN(ScalarMath.Sign(double.NaN)));

    [Theory]
    [InlineData(1e-20)]
    [InlineData(-1e-12)]
    [InlineData(1e-5)]
    public void SmallArguments_KeepTheirDigits(double x)
    {
        Assert.Equal(1, ScalarMath.ExpM1(x) / (x + (x * x / 2) + (x * x * x / 6)), 1e-15);
        Assert.Equal(1, ScalarMath.Log1P(x) / (x - (x * x / 2) + (x * x * x / 3)), 1e-15);
    }

    [Fact]
    public void Extremes_DoNotOverflow()
    {
        Assert.Equal(1000, ScalarMath.Softplus(1000));
        Assert.Equal(0, ScalarMath.Softplus(-1000));
        Assert.Equal(-1, ScalarMath.ExpM1(-1000));
        Assert.Equal(double.PositiveInfinity, ScalarMath.ExpM1(1000));
        Assert.Equal(double.PositiveInfinity, ScalarMath.Log1P(double.PositiveInfinity));
        Assert.Equal(0, ScalarMath.Sigmoid(-1000));
        Assert.Equal(1, ScalarMath.Sigmoid(1000));
    }
}
