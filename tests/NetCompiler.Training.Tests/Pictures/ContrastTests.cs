using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

/// <summary>Pictures are legible on light and on dark ground, by the contrast ratio of WCAG 2.2: 4.5 for text, 3 for what has a shape.</summary>
public sealed class ContrastTests
{
    private const double OfText = 4.5, OfShapes = 3;

    public static TheoryData<bool> Themes => [false, true];

    [Theory]
    [MemberData(nameof(Themes))]
    public void InkAndSeries_StandOutFromTheGround(bool isDark)
    {
        int paper = Palette.Rgb(Paint.Paper, isDark);
        AssertContrast(OfText, Palette.Rgb(Paint.Ink, isDark), paper, "ink");
        for (int series = 0; series < Paint.SeriesColours; series++)
        {
            AssertContrast(OfShapes, Palette.Rgb(Paint.OfSeries(series), isDark), paper, $"series {series}");
        }

        for (double share = 0; share <= 1; share += 0.05)
        {
            AssertContrast(OfShapes, HeatColours.OfLine(share).Rgb, paper, $"line {share}");
        }
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void TextsOfEveryPicture_StandOutFromWhatIsUnderThem(bool isDark)
    {
        foreach ((string name, Func<Picture> make) in PictureGallery.All)
        {
            Ground ground = new(isDark);
            make().Draw(ground);
            Assert.True(ground.Texts.Count > 0 || name is "one cell" or "coloured images", name);
            Assert.All(ground.Texts, text => AssertContrast(OfText, text.Ink, text.Under, $"\"{text.Words}\" of {name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void TextsOfAConfusionMatrix_StandOutAtEveryShare(bool isDark)
    {
        HashSet<int> cells = [];
        for (int wrong = 0; wrong <= 200; wrong++)
        {
            ConfusionMatrix matrix = new(2);
            for (int i = 0; i < 200; i++)
            {
                matrix.Add(0, i < wrong ? 1 : 0);
                matrix.Add(1, 1);
            }

            Ground ground = new(isDark);
            new ConfusionPicture(matrix).Draw(ground);
            Assert.All(ground.Texts, text => AssertContrast(OfText, text.Ink, text.Under, $"\"{text.Words}\" with {wrong} of 200"));
            cells.UnionWith(ground.Texts.Select(text => text.Under));
        }

        // Shares are told apart by their colour.
        Assert.True(cells.Count > 150, $"{cells.Count} colours");
    }

    private static void AssertContrast(double least, int first, int second, string what)
    {
        double one = Luminance(first) + 0.05, other = Luminance(second) + 0.05, contrast = Math.Max(one, other) / Math.Min(one, other);
        Assert.True(contrast >= least, $"{what}: {contrast:0.00} between {first:x6} and {second:x6}, {least} are needed");
    }

    /// <summary>The relative luminance of sRGB.</summary>
    private static double Luminance(int rgb)
    {
        return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));

        static double Linear(int value) => value / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    /// <summary>Notes the colour under the middle of every text, as areas that were drawn before make it; lines are thinner than letters.</summary>
    private sealed class Ground(bool isDark) : ICanvas
    {
        private readonly List<(double X, double Y, double Width, double Height, int Rgb, double Opacity)> _areas = [];

        public List<(string Words, int Ink, int Under)> Texts { get; } = [];

        public void Rectangle(double x, double y, double width, double height, Paint paint, double opacity = 1) => _areas.Add((x, y, width, height, Palette.Rgb(paint, isDark), opacity));

        public void Text(double x, double y, string text, Paint paint, double size = 12, Anchor anchor = Anchor.Middle, bool upwards = false)
        {
            double half = GlyphFont.Width(text, size) / 2, across = anchor switch { Anchor.Start => half, Anchor.End => -half, _ => 0 };
            (double middleX, double middleY) = upwards ? (x - (size / 3), y - across) : (x + across, y - (size / 3));
            Texts.Add((text, Palette.Rgb(paint, isDark), Under(middleX, middleY)));
        }

        public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows)
        {
            for (int i = 0; i < columns * rows; i++)
            {
                ReadOnlySpan<byte> pixel = rgba.Slice(4 * i, 4);
                double cellWidth = width / columns, cellHeight = height / rows;
                _areas.Add((x + (i % columns * cellWidth), y + (i / columns * cellHeight), cellWidth, cellHeight, (pixel[0] << 16) | (pixel[1] << 8) | pixel[2], pixel[3] / 255.0));
            }
        }

        public void Line(double x1, double y1, double x2, double y2, Paint paint, double width = 1, Dash dash = Dash.Solid)
        {
        }

        public void Polyline(ReadOnlySpan<(double X, double Y)> points, Paint paint, double width = 2, Dash dash = Dash.Solid, double opacity = 1)
        {
        }

        public void Polygon(ReadOnlySpan<(double X, double Y)> points, Paint paint, bool hasEdge = false)
        {
        }

        public void Disc(double x, double y, double radius, Paint paint, bool hasEdge = true)
        {
        }

        public void BeginClip(double x, double y, double width, double height)
        {
        }

        public void EndClip()
        {
        }

        private int Under(double x, double y)
        {
            int ground = Palette.Rgb(Paint.Paper, isDark);
            foreach ((_, _, _, _, int rgb, double opacity) in _areas.Where(area => x >= area.X && x < area.X + area.Width && y >= area.Y && y < area.Y + area.Height))
            {
                int Mix(int shift) => (int)Math.Round((((ground >> shift) & 255) * (1 - opacity)) + (((rgb >> shift) & 255) * opacity));
                ground = (Mix(16) << 16) | (Mix(8) << 8) | Mix(0);
            }

            return ground;
        }
    }
}
