namespace NetCompiler;

/// <summary>What pictures are drawn with: places in pixels from the top left corner. A paint is one of <see cref="Paint"/>.</summary>
internal interface ICanvas
{
    /// <summary>A straight line.</summary>
    void Line(double x1, double y1, double x2, double y2, string paint, double width = 1, bool dashed = false);

    /// <summary>A line through points.</summary>
    void Polyline(ReadOnlySpan<(double X, double Y)> points, string paint, double width = 2);

    /// <summary>A filled disc.</summary>
    void Disc(double x, double y, double radius, string paint);

    /// <summary>A filled rectangle.</summary>
    void Rectangle(double x, double y, double width, double height, string paint, double opacity = 1);

    /// <summary>A text whose start, middle or end, as the anchor says, is at a place.</summary>
    void Text(double x, double y, string text, string paint, double size = 12, string anchor = "middle", bool upwards = false);

    /// <summary>Pixels, stretched to a rectangle without smoothing.</summary>
    void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows);
}

/// <summary>The paints of pictures: names that a page's light or dark scheme gives colours to.</summary>
internal static class Paint
{
    public const string Ink = "ink";
    public const string Faint = "faint";
    public const string OnAccent = "on-accent";
    private const int Series = 8;

    /// <summary>The paint of a series; they repeat after eight.</summary>
    public static string OfSeries(int index) => FormattableString.Invariant($"s{index % Series}");
}
