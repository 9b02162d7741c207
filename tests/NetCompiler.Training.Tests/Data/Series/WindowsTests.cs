using Xunit;

namespace NetCompiler.Tests.Training.Data.Series;

public sealed class WindowsTests
{
    private static readonly float[] Ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void EveryWindow_HasWhatFollowsItAsTarget()
    {
        SeriesWindows windows = Windows.Create(Ten, 3, 2, stride: 2);
        Assert.Equal(3, windows.Count);
        Assert.Equal([0, 1, 2, 2, 3, 4, 4, 5, 6], windows.Inputs);
        Assert.Equal([3, 4, 5, 6, 7, 8], windows.Targets);
        Assert.Equal(7, Windows.Create(Ten, 3).Count);
        Assert.Equal(1, Windows.Create(Ten, 8, 2).Count);
    }

    [Fact]
    public void NaiveForecast_RepeatsTheLastPeriod()
    {
        SeriesWindows windows = Windows.Create(Ten, 4, 3, stride: 3);
        Assert.Equal([3, 3, 3, 6, 6, 6], windows.NaiveForecast());
        Assert.Equal([2, 3, 2, 5, 6, 5], windows.NaiveForecast(2));
        Assert.Equal([0, 1, 2, 3, 4, 5], windows.NaiveForecast(4));
        Assert.Equal(2, windows.MeanAbsoluteError(windows.NaiveForecast()));
        Assert.Equal(0, windows.MeanAbsoluteError(windows.Targets));
        Assert.Contains("from 1 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => windows.NaiveForecast(5)).Message);
        Assert.Contains("The forecast has 5 values, but there are 6 targets", Assert.Throws<ArgumentException>(() => windows.MeanAbsoluteError(new float[5])).Message);
    }

    [Fact]
    public void SplitLast_HoldsTheLatestOut()
    {
        (SeriesWindows earlier, SeriesWindows later) = Windows.Create(Ten, 3).SplitLast(2);
        Assert.Equal((5, 2), (earlier.Count, later.Count));
        Assert.Equal([5, 6, 7, 6, 7, 8], later.Inputs);
        Assert.Equal([8, 9], later.Targets);
        Assert.Equal([3, 4, 5, 6, 7], earlier.Targets);
        Assert.Throws<ArgumentOutOfRangeException>(() => earlier.SplitLast(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => earlier.SplitLast(0));
    }

    [Fact]
    public void SeriesThatDoesNotFit_IsNamed()
    {
        Assert.Contains("The series has 10 values, but one sample needs 11: 8 to see and 3 to forecast", Assert.Throws<ArgumentException>(() => Windows.Create(Ten, 8, 3)).Message);
        Assert.Contains("Value 1 of the series is NaN", Assert.Throws<ArgumentException>(() => Windows.Create([1, float.NaN, 2], 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Windows.Create(Ten, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Windows.Create(Ten, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Windows.Create(Ten, 1, 1, 0));
        Assert.Contains("but one sample needs 4294967294", Assert.Throws<ArgumentException>(() => Windows.Create(Ten, int.MaxValue, int.MaxValue)).Message);
    }
}
