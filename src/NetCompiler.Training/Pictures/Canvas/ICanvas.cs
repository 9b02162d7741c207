namespace NetCompiler;

/// <summary>
/// What pictures are drawn with: places in pixels from the top left corner. The one seam to a drawing library: a picture knows nothing else of files and formats.
/// </summary>
internal interface ICanvas
{
    /// <summary>A straight line.</summary>
    void Line(double x1, double y1, double x2, double y2, Paint paint, double width = 1, Dash dash = Dash.Solid);

    /// <summary>A line through points, with round joints.</summary>
    void Polyline(ReadOnlySpan<(double X, double Y)> points, Paint paint, double width = 2, Dash dash = Dash.Solid, double opacity = 1);

    /// <summary>A filled polygon; with an edge, a thin line of paper keeps neighbours apart.</summary>
    void Polygon(ReadOnlySpan<(double X, double Y)> points, Paint paint, bool hasEdge = false);

    /// <summary>A filled disc; with an edge, a thin line of paper keeps neighbours apart.</summary>
    void Disc(double x, double y, double radius, Paint paint, bool hasEdge = true);

    /// <summary>A filled rectangle.</summary>
    void Rectangle(double x, double y, double width, double height, Paint paint, double opacity = 1);

    /// <summary>A text on one line whose start, middle or end, as the anchor says, is at a place of its baseline.</summary>
    void Text(double x, double y, string text, Paint paint, double size = 12, Anchor anchor = Anchor.Middle, bool upwards = false);

    /// <summary>Pixels of four bytes (red, green, blue, opacity), row by row from the top, stretched to a rectangle without smoothing.</summary>
    void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows);

    /// <summary>Until <see cref="EndClip"/>, only what is inside the rectangle is drawn. Clips do not nest.</summary>
    void BeginClip(double x, double y, double width, double height);

    /// <summary>Ends the clip.</summary>
    void EndClip();
}

/// <summary>Which end of a text is at its place.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>How a line is interrupted.</summary>
internal enum Dash
{
    Solid,
    Dashed,
    Dotted,
    DashDotted,
}

/// <summary>The lengths of dashes.</summary>
internal static class DashPattern
{
    /// <summary>Lengths drawn and left out in turn, in pixels; none for a whole line.</summary>
    public static ReadOnlySpan<double> Of(Dash dash) => dash switch
    {
        Dash.Dashed => [6, 4],
        Dash.Dotted => [2, 3],
        Dash.DashDotted => [8, 3, 2, 3],
        _ => [],
    };
}
