namespace NetCompiler;

public sealed partial class Plot
{
    private const int Side = 18;
    private const int TickGap = 8;
    private const double Farthest = 1e6;
    private const double BarOpacity = 0.7;

    internal override void Draw(ICanvas canvas)
    {
        if (_grounds.Count == 0 && _series.All(series => series.Y.Count == 0))
        {
            throw new InvalidOperationException($"The plot \"{Title}\" has nothing to draw: no series has a point.");
        }

        PlotLegend legend = new(_series, Width);
        double legendTop = Title.Length > 0 ? 36 : 8;
        double top = legendTop + (legend.Rows * PlotLegend.RowHeight) + 10, bottom = Height - (XLabel.Length > 0 ? 52 : 32), right = Width - Side;
        bool isFramed = _grounds.Count > 0;
        Axis vertical = Axis.Over(Ys(), bottom, top, new AxisOptions { IsLog = HasLogY, IsWhole = HasBars, Widens = !isFramed && YRange is null, Range = YRange });
        double left = (YLabel.Length > 0 ? 30 : 10) + TickGap + vertical.Ticks.Select(tick => GlyphFont.Width(tick.Label, 12)).DefaultIfEmpty(0).Max();
        Axis horizontal = Axis.Over(Xs(), left, right, new AxisOptions { IsLog = HasLogX, IsWhole = HasWholeX, Widens = !isFramed && !HasWholeX && XRange is null && !HasBars, Range = XRange });

        DrawAxes(canvas, horizontal, vertical, hasGrid: !isFramed, left, top, right, bottom);
        bool isCut = XRange is not null || YRange is not null;
        if (isCut)
        {
            canvas.BeginClip(left, top, right - left, bottom - top);
        }

        foreach (PlotGround ground in _grounds)
        {
            double x = horizontal.Place(ground.X.From), y = vertical.Place(ground.Y.To);
            canvas.Image(x, y, horizontal.Place(ground.X.To) - x, vertical.Place(ground.Y.From) - y, ground.Pixels, ground.Columns, ground.Rows);
        }

        bool isSeen = isFramed;
        foreach (PlotSeries series in _series)
        {
            isSeen |= DrawSeries(canvas, series, horizontal, vertical);
        }

        if (isCut)
        {
            canvas.EndClip();
        }

        if (!isSeen)
        {
            string reason = HasLogX || HasLogY ? "no value is finite and positive" : "no value is finite";
            canvas.Text((left + right) / 2, (top + bottom) / 2, reason, Paint.Ink, 13);
        }

        DrawTitle(canvas);
        DrawLabels(canvas, left, top, right, bottom);
        legend.Draw(canvas, legendTop);
    }

    private bool HasBars => _series.Exists(series => series.Form == PlotForm.Bars);

    private IEnumerable<double> Xs() => _series.SelectMany(series => series.X).Concat(_grounds.SelectMany(ground => new[] { ground.X.From, ground.X.To }));

    private IEnumerable<double> Ys()
        => _series.SelectMany(series => series.Form == PlotForm.Bars ? series.Y.Prepend(0) : series.Y).Concat(_grounds.SelectMany(ground => new[] { ground.Y.From, ground.Y.To }));

    private void DrawLabels(ICanvas canvas, double left, double top, double right, double bottom)
    {
        canvas.Text((left + right) / 2, Height - 12, GlyphFont.Fit(XLabel, 13, right - left), Paint.Ink, 13);
        canvas.Text(20, (top + bottom) / 2, GlyphFont.Fit(YLabel, 13, bottom - top), Paint.Ink, 13, upwards: true);
    }

    private static void DrawAxes(ICanvas canvas, Axis horizontal, Axis vertical, bool hasGrid, double left, double top, double right, double bottom)
    {
        foreach ((double tick, string label) in vertical.Ticks)
        {
            double y = vertical.Place(tick);
            canvas.Line(hasGrid ? left : left - 4, y, hasGrid ? right : left, y, hasGrid ? Paint.Faint : Paint.Ink);
            canvas.Text(left - TickGap, y + 4, label, Paint.Ink, anchor: Anchor.End);
        }

        foreach ((double tick, string label) in horizontal.Ticks)
        {
            // A label at the very end stays inside the picture.
            double x = horizontal.Place(tick), half = GlyphFont.Width(label, 12) / 2;
            canvas.Line(x, bottom, x, bottom + 4, Paint.Ink);
            canvas.Text(Math.Min(x, right + Side - 2 - half), bottom + 18, label, Paint.Ink);
        }

        canvas.Line(left, bottom, right, bottom, Paint.Ink);
        canvas.Line(left, top, left, bottom, Paint.Ink);
    }

    /// <summary>Draws what is finite of a series, and says whether anything is.</summary>
    private static bool DrawSeries(ICanvas canvas, PlotSeries series, Axis horizontal, Axis vertical)
    {
        if (series.Form == PlotForm.Bars)
        {
            return DrawBars(canvas, series, horizontal, vertical);
        }

        bool isSeen = false;
        double radius = series.X.Count > 2000 ? 1.5 : series.X.Count > 300 ? 2.5 : 3.5;
        List<(double X, double Y)> run = [];
        for (int i = 0; i <= series.X.Count; i++)
        {
            (double X, double Y) place = i == series.X.Count ? (double.NaN, 0) : (Near(horizontal.Place(series.X[i])), Near(vertical.Place(series.Y[i])));
            bool isFinite = double.IsFinite(place.X) && double.IsFinite(place.Y);
            isSeen |= isFinite;
            if (series.Form == PlotForm.Points)
            {
                if (isFinite)
                {
                    PlotMarker.Draw(canvas, place.X, place.Y, radius, series);
                }
            }
            else if (isFinite)
            {
                run.Add(place);
            }
            else
            {
                DrawRun(canvas, run, series);
                run.Clear();
            }
        }

        return isSeen;
    }

    /// <summary>Places beyond every picture, as of values far outside a range that was given, are as good as nearer ones.</summary>
    private static double Near(double place) => double.IsFinite(place) ? Math.Clamp(place, -Farthest, Farthest) : place;

    private static void DrawRun(ICanvas canvas, List<(double X, double Y)> run, PlotSeries series)
    {
        if (run.Count == 1)
        {
            // A line of one point, as after a single epoch, would be invisible.
            canvas.Disc(run[0].X, run[0].Y, 3.5, series.Paint);
        }
        else if (run.Count > 1)
        {
            canvas.Polyline(LineThinning.Thin(run), series.Paint, series.Form == PlotForm.Dashes ? 1.5 : 2, series.Dash);
        }
    }

    private static bool DrawBars(ICanvas canvas, PlotSeries series, Axis horizontal, Axis vertical)
    {
        double ground = vertical.Place(0);
        for (int i = 0; i < series.Y.Count; i++)
        {
            double x = horizontal.Place(series.X[i]), width = horizontal.Place(series.X[i + 1]) - x, y = vertical.Place(series.Y[i]);
            canvas.Rectangle(x + 0.5, y, Math.Max(0.5, width - 1), ground - y, series.Paint, BarOpacity);
        }

        return series.Y.Count > 0;
    }
}
