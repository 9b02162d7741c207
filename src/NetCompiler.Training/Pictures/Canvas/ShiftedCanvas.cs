namespace NetCompiler;

/// <summary>A canvas whose origin lies elsewhere on another one.</summary>
internal sealed class ShiftedCanvas(ICanvas canvas, double dx, double dy) : ICanvas
{
    public void Line(double x1, double y1, double x2, double y2, Paint paint, double width = 1, Dash dash = Dash.Solid)
        => canvas.Line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, paint, width, dash);

    public void Polyline(ReadOnlySpan<(double X, double Y)> points, Paint paint, double width = 2, Dash dash = Dash.Solid, double opacity = 1)
        => canvas.Polyline(Shifted(points), paint, width, dash, opacity);

    public void Polygon(ReadOnlySpan<(double X, double Y)> points, Paint paint, bool hasEdge = false) => canvas.Polygon(Shifted(points), paint, hasEdge);

    public void Disc(double x, double y, double radius, Paint paint, bool hasEdge = true) => canvas.Disc(x + dx, y + dy, radius, paint, hasEdge);

    public void Rectangle(double x, double y, double width, double height, Paint paint, double opacity = 1)
        => canvas.Rectangle(x + dx, y + dy, width, height, paint, opacity);

    public void Text(double x, double y, string text, Paint paint, double size = 12, Anchor anchor = Anchor.Middle, bool upwards = false)
        => canvas.Text(x + dx, y + dy, text, paint, size, anchor, upwards);

    public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows)
        => canvas.Image(x + dx, y + dy, width, height, rgba, columns, rows);

    public void BeginClip(double x, double y, double width, double height) => canvas.BeginClip(x + dx, y + dy, width, height);

    public void EndClip() => canvas.EndClip();

    private (double X, double Y)[] Shifted(ReadOnlySpan<(double X, double Y)> points)
    {
        (double X, double Y)[] shifted = points.ToArray();
        for (int i = 0; i < shifted.Length; i++)
        {
            shifted[i] = (shifted[i].X + dx, shifted[i].Y + dy);
        }

        return shifted;
    }
}
