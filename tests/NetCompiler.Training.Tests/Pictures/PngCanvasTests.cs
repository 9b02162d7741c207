using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

/// <summary>What is where in bitmaps, at places known from the drawing calls.</summary>
public sealed class PngCanvasTests
{
    private const int Paper = 0xFFFFFF;
    private const int Blue = 0x2F7FD1;
    private const int Orange = 0xD9692B;

    [Fact]
    public void Shapes_AreWhereTheyWereDrawn()
    {
        PngReader png = Draw(60, 40, canvas =>
        {
            canvas.Rectangle(10, 5, 20, 10, Paint.OfSeries(0));
            canvas.Disc(45, 20, 8, Paint.OfSeries(1), hasEdge: false);
            canvas.Line(0, 30, 30, 30, Paint.OfSeries(0), width: 2);
            canvas.Polygon([(10, 18), (20, 18), (10, 28)], Paint.OfSeries(1));
        });
        Assert.Equal(200, png.Count(Blue, 10, 5, 30, 15));
        Assert.Equal(Paper, png.Rgb(9, 5));
        Assert.Equal(Paper, png.Rgb(30, 14));
        Assert.Equal(Orange, png.Rgb(45, 20));
        Assert.Equal(Orange, png.Rgb(45, 13));
        Assert.Equal(Paper, png.Rgb(38, 12));
        Assert.Equal(60, png.Count(Blue, 0, 29, 60, 31));
        Assert.Equal(Orange, png.Rgb(12, 20));
        Assert.Equal(Paper, png.Rgb(19, 26));
    }

    [Fact]
    public void Opacity_MixesWithTheGround()
    {
        PngReader png = Draw(10, 10, canvas => canvas.Rectangle(0, 0, 10, 10, Paint.Fixed((0, 0, 0)), 0.5));
        Assert.Equal(0x808080, png.Rgb(5, 5));
    }

    [Fact]
    public void Dashes_LeaveGapsOfTheirPattern()
    {
        PngReader png = Draw(40, 10, canvas => canvas.Line(0, 5, 40, 5, Paint.OfSeries(0), width: 2, Dash.Dashed));
        string row = string.Concat(Enumerable.Range(0, 40).Select(x => png.Rgb(x, 5) == Blue ? '#' : png.Rgb(x, 5) == Paper ? '.' : '?'));
        Assert.Equal("######....######....######....######....", row);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1 / 3.0)]
    [InlineData(1e5)]
    public void Dashes_EndOnEveryLine(double step)
    {
        // Whatever is left of a dash after many additions, each line gets to its end.
        (double, double)[] points = [.. Enumerable.Range(0, 300).Select(i => (i * step, i % 3 * step))];
        PngReader png = Draw(40, 10, canvas =>
        {
            canvas.Polyline(points, Paint.OfSeries(0), dash: Dash.DashDotted);
            canvas.Polyline(points, Paint.OfSeries(0), dash: Dash.Dotted);
        });
        Assert.True(Marked(png, 0, 0, 40, 10) > 0);
    }

    [Fact]
    public void SharpTurns_HaveNoHoles()
    {
        PngReader png = Draw(40, 40, canvas => canvas.Polyline([(5, 5), (20, 20), (35, 5)], Paint.OfSeries(0), width: 8));
        Assert.Equal(Blue, png.Rgb(20, 20));
        Assert.Equal(Blue, png.Rgb(20, 22));
    }

    [Fact]
    public void Clip_CutsUntilItEnds()
    {
        PngReader png = Draw(30, 30, canvas =>
        {
            canvas.BeginClip(10, 10, 10, 10);
            canvas.Rectangle(0, 0, 30, 30, Paint.OfSeries(0));
            canvas.EndClip();
            canvas.Rectangle(0, 25, 5, 5, Paint.OfSeries(1));
        });
        Assert.Equal(100, png.Count(Blue, 0, 0, 30, 30));
        Assert.Equal(Blue, png.Rgb(10, 19));
        Assert.Equal(Orange, png.Rgb(2, 27));
    }

    [Fact]
    public void Texts_TakeTheirMeasuredPlace()
    {
        double width = GlyphFont.Width("Hamburg", 14);
        PngReader png = Draw(120, 120, canvas => canvas.Text(10, 30, "Hamburg", Paint.Ink, 14, Anchor.Start));
        Assert.True(Marked(png, 10, 18, 10 + (int)Math.Ceiling(width), 35) > 100);
        Assert.Equal(Marked(png, 0, 0, 120, 120), Marked(png, 9, 18, 11 + (int)Math.Ceiling(width), 35));

        png = Draw(120, 120, canvas => canvas.Text(30, 110, "Hamburg", Paint.Ink, 14, Anchor.Start, upwards: true));
        Assert.True(Marked(png, 0, 0, 120, 120) > 100);
        Assert.Equal(Marked(png, 0, 0, 120, 120), Marked(png, 18, 109 - (int)Math.Ceiling(width), 35, 111));
    }

    [Fact]
    public void LettersAreLegible_AtTwelvePixels()
    {
        // The stems of letters reach nearly the full ink, and the counter of an O stays open.
        PngReader png = Draw(30, 20, canvas => canvas.Text(5, 16, "IO", Paint.Ink, 12, Anchor.Start));
        int[] greys = [.. Enumerable.Range(0, 30 * 20).Select(i => png.Rgb(i % 30, i / 30) & 0xFF)];
        Assert.True(greys.Min() < 0x60, $"the darkest pixel is {greys.Min():X}");
        double middle = 5 + GlyphFont.Width("I", 12) + (GlyphFont.Width("O", 12) / 2);
        Assert.Equal(Paper, png.Rgb((int)middle, 11));
    }

    [Fact]
    public void Images_AreStretchedWithoutSmoothing()
    {
        byte[] pixels = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0];
        PngReader png = Draw(20, 20, canvas => canvas.Image(0, 0, 20, 20, pixels, 2, 2));
        Assert.Equal([0xFF0000, 0xFF0000, 0x00FF00, 0x0000FF, Paper], new[] { png.Rgb(0, 0), png.Rgb(9, 9), png.Rgb(10, 9), png.Rgb(9, 10), png.Rgb(10, 10) });
    }

    [Fact]
    public void UnknownLetters_AreDrawnAsOneSign()
    {
        Assert.True(GlyphFont.Width("漢字", 10) >= 20);
        PngReader png = Draw(40, 20, canvas => canvas.Text(5, 16, "漢", Paint.Ink, 12, Anchor.Start));
        Assert.True(Marked(png, 0, 0, 40, 20) > 20);
    }

    private static int Marked(PngReader png, int left, int top, int right, int bottom) => ((right - left) * (bottom - top)) - png.Count(Paper, left, top, right, bottom);

    private static PngReader Draw(int width, int height, Action<ICanvas> draw)
    {
        PngCanvas canvas = new(width, height, isDark: false, scale: 1);
        draw(canvas);
        return new PngReader(canvas.Finish());
    }
}
