using System.Globalization;
using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3.7, 12.2)]
    [InlineData(1e-12, 9e-12)]
    [InlineData(1e9, 1.00000002e9)]
    [InlineData(-2e9, 7e9)]
    [InlineData(0.0123, 0.0871)]
    [InlineData(-1e300, 1e300)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(0, 5e-324)]
    [InlineData(999999, 1000001)]
    public void LinearTicks_AreRoundAndTheirLabelsKeepApart(double least, double most)
    {
        foreach ((double from, double to) in new (double, double)[] { (60, 620), (60, 180), (340, 40) })
        {
            Axis axis = Axis.Over([least, most, double.NaN], from, to, new AxisOptions { Widens = true });
            Assert.InRange(axis.Ticks.Count, 2, 15);
            AssertApart(axis, isVertical: to < from);
            Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(tick => tick.Label).Distinct().Count());
            double step = axis.Ticks[1].Value - axis.Ticks[0].Value;
            string lead = step.ToString("E6", CultureInfo.InvariantCulture);
            Assert.Contains(lead[..4], new[] { "1.00", "2.00", "5.00" });
            Assert.All(axis.Ticks, tick => Assert.Equal(tick.Value, Number(tick.Label), 1e-9 * Math.Max(Math.Abs(least), Math.Abs(most))));
        }
    }

    [Theory]
    [InlineData(1e-5, 0.3)]
    [InlineData(0.2, 0.7)]
    [InlineData(1e-300, 1e300)]
    [InlineData(3, 3)]
    [InlineData(20, 900)]
    public void LogTicks_AreRoundAndTheirLabelsKeepApart(double least, double most)
    {
        foreach ((double from, double to) in new (double, double)[] { (60, 620), (340, 40) })
        {
            Axis axis = Axis.Over([least, most, 0, -1], from, to, new AxisOptions { IsLog = true, Widens = true });
            Assert.InRange(axis.Ticks.Count, 2, 15);
            AssertApart(axis, isVertical: to < from);
            Assert.All(axis.Ticks, tick => Assert.Equal(1, tick.Value / Number(tick.Label), 1e-9));
            Assert.False(double.IsFinite(axis.Place(0)));
            Assert.InRange(axis.Place(least), Math.Min(from, to) - 1e-6, Math.Max(from, to) + 1e-6);
        }
    }

    [Fact]
    public void WholeTicks_AreWhole()
    {
        Axis axis = Axis.Over([1, 3], 60, 620, new AxisOptions { IsWhole = true });
        Assert.Equal(["1", "2", "3"], axis.Ticks.Select(tick => tick.Label));
    }

    private static void AssertApart(Axis axis, bool isVertical)
    {
        for (int i = 1; i < axis.Ticks.Count; i++)
        {
            double distance = Math.Abs(axis.Place(axis.Ticks[i].Value) - axis.Place(axis.Ticks[i - 1].Value));
            double needed = isVertical ? 14 : (GlyphFont.Width(axis.Ticks[i].Label, 12) + GlyphFont.Width(axis.Ticks[i - 1].Label, 12)) / 2;
            Assert.True(distance > needed, $"{axis.Ticks[i - 1].Label} and {axis.Ticks[i].Label} are {distance} apart");
        }
    }

    private static double Number(string label) => double.Parse(label.Replace('−', '-'), CultureInfo.InvariantCulture);
}
