namespace NetCompiler;

/// <summary>The names of a plot's series in centred rows above it; a name wider than a row is cut.</summary>
internal sealed class PlotLegend
{
    public const int RowHeight = 18;
    private const double Size = 12;
    private const double Side = 16;
    private const double Mark = 28;
    private const double Gap = 16;

    private readonly List<List<(PlotSeries Series, string Name, double Width)>> _rows = [];
    private readonly int _width;

    /// <summary>Breaks the names into rows. A single name needs no legend.</summary>
    public PlotLegend(IReadOnlyList<PlotSeries> series, int width)
    {
        _width = width;
        PlotSeries[] named = [.. series.Where(one => one.Name.Length > 0)];
        if (named.Length < 2)
        {
            return;
        }

        double room = width - (2 * Side), used = double.PositiveInfinity;
        foreach (PlotSeries one in named)
        {
            string name = GlyphFont.Fit(one.Name, Size, room - Mark);
            double needed = Mark + GlyphFont.Width(name, Size);
            if (used + Gap + needed > room)
            {
                _rows.Add([]);
                used = -Gap;
            }

            _rows[^1].Add((one, name, needed));
            used += Gap + needed;
        }
    }

    /// <summary>The number of rows.</summary>
    public int Rows => _rows.Count;

    /// <summary>Draws the rows from a height on.</summary>
    public void Draw(ICanvas canvas, double top)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            double y = top + (RowHeight * (row + 0.5)), x = (_width - _rows[row].Sum(entry => entry.Width) - (Gap * (_rows[row].Count - 1))) / 2;
            foreach ((PlotSeries series, string name, double width) in _rows[row])
            {
                DrawMark(canvas, series, x, y);
                canvas.Text(x + Mark, y + 4, name, Paint.Ink, Size, Anchor.Start);
                x += width + Gap;
            }
        }
    }

    private static void DrawMark(ICanvas canvas, PlotSeries series, double x, double y)
    {
        switch (series.Form)
        {
            case PlotForm.Points:
                PlotMarker.Draw(canvas, x + 14, y, 4, series);
                break;
            case PlotForm.Bars:
                canvas.Rectangle(x + 6, y - 5, 16, 10, series.Paint, 0.7);
                break;
            default:
                canvas.Line(x, y, x + 22, y, series.Paint, 2.5, series.Dash);
                break;
        }
    }
}
