namespace NetCompiler;

/// <summary>The shapes of points: disc, square, triangle, diamond and triangle upside down, of about the same area.</summary>
internal static class PlotMarker
{
    private const int Shapes = 5;

    /// <summary>Draws the marker of a series.</summary>
    public static void Draw(ICanvas canvas, double x, double y, double radius, PlotSeries series)
    {
        double s = radius * 0.9, t = radius * 1.25;
        switch (series.Index % Shapes)
        {
            case 0:
                canvas.Disc(x, y, radius, series.Paint);
                break;
            case 1:
                canvas.Polygon([(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)], series.Paint, hasEdge: true);
                break;
            case 2:
                canvas.Polygon([(x, y - t), (x + t, y + s), (x - t, y + s)], series.Paint, hasEdge: true);
                break;
            case 3:
                canvas.Polygon([(x, y - t), (x + t, y), (x, y + t), (x - t, y)], series.Paint, hasEdge: true);
                break;
            default:
                canvas.Polygon([(x, y + t), (x - t, y - s), (x + t, y - s)], series.Paint, hasEdge: true);
                break;
        }
    }
}
