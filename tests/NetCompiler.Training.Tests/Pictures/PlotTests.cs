using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

public sealed class PlotTests
{
    private static readonly double[] Three = [1, 2, 3];

    [Fact]
    public void PicturesOfBothFormats_ShowALineAtTheSamePlace()
    {
        Plot plot = new Plot("t", "x", "y").AddLine("a", [0, 10], [0, 10]);
        double[] place = [.. XElement.Parse(plot.ToSvg()).Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value
            .Split(' ', ',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        PngReader png = new(plot.ToPng(scale: 1));
        Assert.Equal(0x2F7FD1, png.Rgb((int)((place[0] + place[2]) / 2), (int)((place[1] + place[3]) / 2)));
        Assert.Equal(0xFFFFFF, png.Rgb((int)((place[0] + place[2]) / 2), (int)((place[1] + place[3]) / 2) + 8));
    }

    [Fact]
    public void LegendsOfManySeries_WrapAndMakeThePictureHigher()
    {
        Plot plot = Enumerable.Range(0, 30).Aggregate(new Plot("t"), (made, i) => made.AddLine($"series {i}" + (i == 3 ? new string('w', 200) : ""), Three, Three));
        string[] names = [.. Texts(plot).Where(text => text.StartsWith("series", StringComparison.Ordinal))];
        Assert.Equal(30, names.Length);
        Assert.EndsWith("…", names[3]);
        Assert.True(plot.Height > 400 + (4 * 18), $"{plot.Height}");

        // Colours repeat after eight, and dashes tell the ninth from the first.
        string[] styles = [.. XElement.Parse(plot.ToSvg()).Descendants().Where(element => element.Name.LocalName == "polyline")
            .Select(line => line.Attribute("class")!.Value + line.Attribute("stroke-dasharray")?.Value)];
        Assert.Equal(30, styles.Distinct().Count());
    }

    [Fact]
    public void ValuesAtTheEndsOfDoubles_AreDrawn()
    {
        Plot[] plots =
        [
            new Plot("t").AddLine("a", [1, 2], [0, 5e-324]),
            new Plot("t").AddLine("a", [1, 2], [5e-324, 1e-323]),
            new Plot("t") { YRange = (1, 1.0000000000000009) }.AddLine("a", [1, 2], [1, 2]),
            Plot.Histogram([0, 5e-324]),
            Plot.Histogram([-1e308, 0, 1e308]),
        ];
        Assert.All(plots.Select(plot => plot.ToSvg()), svg => Assert.DoesNotMatch("NaN|Infinity|∞", svg));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void RangesThatALogarithmDoesNotReach_AreRefused(double from)
    {
        Plot plot = new Plot("t") { HasLogY = true, YRange = (from, 1) }.AddLine("a", Three, Three);
        Assert.Contains($"The range from {from} to 1 has no place on a logarithmic axis", Assert.Throws<ArgumentException>(() => plot.ToSvg()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APlotWithoutPoints_IsRefused()
    {
        Assert.Contains("\"t\" has nothing to draw", Assert.Throws<InvalidOperationException>(() => new Plot("t").ToSvg()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new Plot("t").AddLine("a", [], []).ToPng());
        Assert.Contains("no value is finite", Texts(new Plot("t").AddLine("a", [1], [double.NaN])));
        Assert.Contains("no value is finite and positive", Texts(new Plot("t") { HasLogY = true }.AddLine("a", [1], [-1])));
    }

    [Fact]
    public void LogAxes_BreakTheLineWhereAValueIsNotPositive()
    {
        string svg = new Plot("t") { HasLogY = true }.AddLine("a", [1, 2, 3, 4, 5], [1, 10, 0, 10, 100]).ToSvg();
        Assert.Equal(2, XElement.Parse(svg).Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.Contains("100", Texts(svg));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    public void RangesThatAreNone_AreRefused(double from, double to)
    {
        Assert.Throws<ArgumentException>(() => new Plot("t") { XRange = (from, to) });
        Assert.Throws<ArgumentException>(() => new Plot("t") { YRange = (from, to) });
        Assert.Throws<ArgumentException>(() => new Plot("t").AddHeatMap([1], 1, (from, to), (0, 1)));
    }

    [Fact]
    public void WhatLeavesTheRange_IsCutOff()
    {
        Plot plot = new Plot { XRange = (0, 1), YRange = (0, 1) }.AddLine("", [0, 1], [-50, 50]);
        PngReader png = new(plot.ToPng(scale: 1));
        Assert.Equal(0, png.Count(0x2F7FD1, 0, 0, 640, 15));
        Assert.Equal(0, png.Count(0x2F7FD1, 0, 370, 640, 400));
        Assert.True(png.Count(0x2F7FD1, 0, 20, 640, 360) > 200);
    }

    [Fact]
    public void LongLines_KeepTheirExtremes()
    {
        double[] x = [.. Enumerable.Range(0, 200_000).Select(i => (double)i)], y = new double[x.Length];
        (y[12_345], y[150_001]) = (1, -1);
        string svg = new Plot("t").AddLine("a", x, y).ToSvg();
        Assert.True(svg.Length < 100_000, $"{svg.Length} letters");
        double[] heights = [.. XElement.Parse(svg).Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value
            .Split(' ').Select(place => double.Parse(place.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(3, heights.Distinct().Count());
    }

    [Fact]
    public void Boundary_ColoursWhatTheNetworkDecides()
    {
        // One output: the left half is class 0.
        Plot plot = Plot.DecisionBoundary(grid => [.. grid.Chunk(2).Select(point => point[0] > 0.5f ? 1f : 0f)], [0, 0, 1, 1], [0, 1]);
        PngReader png = new(plot.ToPng(scale: 1));
        Assert.True(Blue(png.Rgb(250, 100)) > Red(png.Rgb(250, 100)) + 40);
        Assert.True(Red(png.Rgb(450, 100)) > Blue(png.Rgb(450, 100)) + 40);

        // Three outputs: the upper half is class 2, the lower half class 0.
        plot = Plot.DecisionBoundary(grid => [.. grid.Chunk(2).SelectMany(point => new[] { 1 - point[1], -9, point[1] })], [0, 0, 1, 1], [0, 2]);
        png = new PngReader(plot.ToPng(scale: 1));
        Assert.True(Green(png.Rgb(300, 100)) > Blue(png.Rgb(300, 100)) + 10);
        Assert.True(Blue(png.Rgb(300, 300)) > Red(png.Rgb(300, 300)) + 40);
    }

    [Fact]
    public void DataThatDoesNotFit_IsRefusedWithTheReason()
    {
        Assert.Contains("2 x values, but 1 y values", Message(() => new Plot().AddLine("a", [1, 2], [1])), StringComparison.Ordinal);
        Assert.Contains("0 x values", Message(() => Plot.Scatter([], [], [])), StringComparison.Ordinal);
        Assert.Contains("the class 3; there are names for the classes 0 to 1", Message(() => Plot.Scatter([1], [1], [3], ["a", "b"])), StringComparison.Ordinal);
        Assert.Contains("the class -1", Message(() => Plot.Scatter([1], [1], [-1])), StringComparison.Ordinal);
        Assert.Contains("3 values and 1 classes", Message(() => Plot.DecisionBoundary(grid => grid, [1, 2, 3], [0])), StringComparison.Ordinal);
        Assert.Contains("5 outputs for", Message(() => Plot.DecisionBoundary(_ => new float[5], [1, 2], [0])), StringComparison.Ordinal);
        Assert.Contains("No point is finite", Message(() => Plot.DecisionBoundary(grid => grid, [float.NaN, 2], [0])), StringComparison.Ordinal);
        Assert.Contains("2 values, none of them finite", Message(() => Plot.Histogram([double.NaN, double.PositiveInfinity])), StringComparison.Ordinal);
        Assert.Contains("1 predictions, but 2", Message(() => Plot.PredictedAgainstTrue([1], [1, 2])), StringComparison.Ordinal);
        Assert.Contains("none is finite", Message(() => Plot.PredictedAgainstTrue([float.NaN], [1])), StringComparison.Ordinal);
        Assert.Contains("no curves", Message(() => Plot.Roc([])), StringComparison.Ordinal);
        Assert.Contains("None of the 1 values", Message(() => new HeatMap([float.NaN], 1)), StringComparison.Ordinal);
        Assert.Contains("1 names, but 2 rows", Message(() => new HeatMap([1, 2], 1, rowNames: ["a"])), StringComparison.Ordinal);
        Assert.Contains("no pictures", Message(() => new PictureGrid([], 1)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Plot { Size = (100, 100) });
    }

    [Fact]
    public void Histogram_CountsEveryFiniteValueOnce()
    {
        Plot plot = Plot.Histogram([0, 0.1, 0.9, 1, 1, double.NaN], bins: 2, xLabel: "error");
        XElement[] bars = [.. XElement.Parse(plot.ToSvg()).Descendants().Where(element => element.Attribute("fill-opacity") is not null)];
        double[] heights = [.. bars.Select(bar => double.Parse(bar.Attribute("height")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(2, heights.Length);
        Assert.Equal(1.5, heights[1] / heights[0], 1e-3);
        Assert.Contains("error (1 not finite)", Texts(plot));
    }

    [Fact]
    public void HeatMapColours_FollowTheValues()
    {
        PngReader png = new(new HeatMap([-1, 0, 1, float.NaN], 4, HeatPalette.Signed).ToPng(scale: 1));
        int[] cells = [.. Enumerable.Range(0, 4).Select(i => png.Rgb(16 + (56 * i) + 28, 16 + 28))];
        Assert.True(Blue(cells[0]) > Red(cells[0]) + 80);
        Assert.Equal(0xFFFFFF, cells[1]);
        Assert.True(Red(cells[2]) > Blue(cells[2]) + 80);
        Assert.Equal(Red(cells[3]), Blue(cells[3]));
        Assert.NotEqual(0xFFFFFF, cells[3]);

        png = new PngReader(new HeatMap([0, 5, 10], 3).ToPng(scale: 1));
        Assert.Equal(0x440154, png.Rgb(44, 44));
        Assert.Equal(0xFDE725, png.Rgb(44 + 112, 44));
    }

    [Fact]
    public void BestTrial_IsTheThickestLine()
    {
        XElement svg = XElement.Parse(PictureGallery.Parallel().ToSvg());
        XElement[] lines = [.. svg.Descendants().Where(element => element.Name.LocalName == "polyline")];
        Assert.Equal(4, lines.Length);
        Assert.Equal(["1.5", "1.5", "1.5", "4"], lines.Select(line => line.Attribute("stroke-width")!.Value));
        Assert.Equal("#2f7fd1", lines[3].Attribute("color")!.Value);
        Assert.Equal("faint", lines[0].Attribute("class")!.Value);
        Assert.Equal([3, 4, 4, 4], lines.Select(line => line.Attribute("points")!.Value.Split(' ').Length));
        Assert.Superset(new HashSet<string> { "learning rate", "Adam", "<Lion>", "loss", "0.001" }, Texts(svg).ToHashSet());
    }

    [Fact]
    public void PlacesOfNames_AreThoseThatWereGiven()
    {
        XElement[] lines = [.. XElement.Parse(new ParallelCoordinates("loss", [1, 2]).AddAxis("units", ["64", "32"], places: ["32", "64"]).ToSvg()).Descendants().Where(element => element.Name.LocalName == "polyline")];

        // The best trial is drawn last; 64 is above 32.
        double[] heights = [.. lines.Select(line => double.Parse(line.Attribute("points")!.Value.Split(' ')[0].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(heights[1] < heights[0], $"{heights[1]} of 64, {heights[0]} of 32");
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(0, "0")]
    [InlineData(0.98765, "0.9877")]
    [InlineData(-2.5, "−2.5")]
    public void AxisOfOneValue_SaysItAlone(double value, string label)
    {
        // Round ticks around it would be what no trial could have had: an accuracy of 1.5.
        string[] texts = Texts(new ParallelCoordinates("accuracy", [value, value, double.NaN]).AddAxis("units", ["32", "64", "64"]).AddAxis("rate", [0.002, 0.002, 0.002], isLog: true));
        Assert.Equal(new[] { "units", "32", "64", "rate", "0.002", "accuracy", label }.Order(), texts.Order());
    }

    [Fact]
    public void TrialsThatDoNotFit_AreRefused()
    {
        ParallelCoordinates trials = new("loss", [1, 2]);
        Assert.Throws<InvalidOperationException>(() => trials.ToSvg());
        Assert.Contains("no trials", Message(() => new ParallelCoordinates("loss", [])), StringComparison.Ordinal);
        Assert.Contains("The axis units has 1 values, but there are 2 trials", Message(() => trials.AddAxis("units", [1.0])), StringComparison.Ordinal);
        Assert.Contains("The axis optimizer has the places a, b, but a trial has c", Message(() => trials.AddAxis("optimizer", ["a", "c"], places: ["a", "b"])), StringComparison.Ordinal);
        Assert.Contains("The rate of trial 1 is 0; a logarithmic axis takes positive numbers", Message(() => trials.AddAxis("rate", [1, 0], isLog: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void ConfusionPicture_ShowsSharesOfTheTrueClass()
    {
        ConfusionMatrix matrix = new(2);
        for (int i = 0; i < 8; i++)
        {
            matrix.Add(0, i < 6 ? 0 : 1);
        }

        string[] texts = Texts(new ConfusionPicture(matrix));
        Assert.Superset(new HashSet<string> { "6", "75 %", "2", "25 %", "0" }, texts.ToHashSet());
        Assert.Equal(2, texts.Count(text => text.EndsWith('%')));
    }

    private static int Red(int rgb) => rgb >> 16;

    private static int Green(int rgb) => (rgb >> 8) & 0xFF;

    private static int Blue(int rgb) => rgb & 0xFF;

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static string[] Texts(Picture picture) => Texts(picture.ToSvg());

    private static string[] Texts(string svg) => Texts(XElement.Parse(svg));

    private static string[] Texts(XElement svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
