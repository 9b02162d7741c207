namespace NetCompiler;

/// <summary>A plot of lines, points and a heat map behind them, over two axes with round ticks and a legend.</summary>
public sealed class Plot : Picture
{
    private const int Left = 68;
    private const int Right = 20;
    private const int Top = 44;
    private const int Bottom = 52;
    private const int LegendRow = 18;

    private readonly List<Series> _series = [];
    private readonly List<HeatMap> _heatMaps = [];

    /// <summary>Makes an empty plot.</summary>
    /// <param name="title">The line above it.</param>
    /// <param name="xLabel">What the horizontal axis shows.</param>
    /// <param name="yLabel">What the vertical axis shows.</param>
    public Plot(string title = "", string xLabel = "", string yLabel = "")
    {
        Title = title;
        XLabel = xLabel;
        YLabel = yLabel;
    }

    private enum Form
    {
        Line,
        Points,
        Dashes,
    }

    /// <summary>The line above the plot.</summary>
    public string Title { get; }

    /// <summary>What the horizontal axis shows.</summary>
    public string XLabel { get; }

    /// <summary>What the vertical axis shows.</summary>
    public string YLabel { get; }

    /// <summary>Whether the ticks of the horizontal axis are whole numbers.</summary>
    public bool HasWholeX { get; init; }

    /// <inheritdoc/>
    public override int Width => 640;

    /// <inheritdoc/>
    public override int Height => 400;

    /// <summary>Adds a line through points in the order given; points that are not finite interrupt it.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public Plot AddLine(string name, IReadOnlyList<double> x, IReadOnlyList<double> y) => Add(name, Form.Line, x, y);

    /// <summary>Adds a dashed line, as a reference.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public Plot AddDashes(string name, IReadOnlyList<double> x, IReadOnlyList<double> y) => Add(name, Form.Dashes, x, y);

    /// <summary>Adds points without a line.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public Plot AddPoints(string name, IReadOnlyList<double> x, IReadOnlyList<double> y) => Add(name, Form.Points, x, y);

    /// <summary>
    /// Lays a heat map behind everything, as the outputs of a network over a grid: the decision boundary is where the colour vanishes.
    /// </summary>
    /// <param name="values">Rows of values from the smallest y to the largest, in each from the smallest x to the largest.</param>
    /// <param name="columns">The number of values in a row.</param>
    /// <param name="x">The ends of the horizontal range.</param>
    /// <param name="y">The ends of the vertical range.</param>
    /// <param name="middle">The value without colour: smaller ones are in the colour of the first series, larger ones in that of the second.</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows, or there are none.</exception>
    public Plot AddHeatMap(IReadOnlyList<float> values, int columns, (double From, double To) x, (double From, double To) y, double middle = 0.5)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Count == 0 || values.Count % columns != 0)
        {
            throw new ArgumentException($"{values.Count} values are no whole number of rows of {columns}.", nameof(values));
        }

        _heatMaps.Add(new HeatMap(HeatColours.Paint(values, columns, middle), columns, values.Count / columns, x, y));
        return this;
    }

    private protected override void Draw(ICanvas canvas)
    {
        string[] names = [.. _series.Where(series => series.Name.Length > 0).Select(series => series.Name)];
        int legendHeight = names.Length > 1 ? LegendRow : 0;
        double top = Top + legendHeight, bottom = Height - Bottom, right = Width - Right;
        IEnumerable<double> xs = _series.SelectMany(series => series.X).Concat(_heatMaps.SelectMany(map => new[] { map.X.From, map.X.To }));
        IEnumerable<double> ys = _series.SelectMany(series => series.Y).Concat(_heatMaps.SelectMany(map => new[] { map.Y.From, map.Y.To }));
        bool framed = _heatMaps.Count > 0;
        Axis horizontal = Axis.Over(xs, widens: !framed && !HasWholeX, HasWholeX).Onto(Left, right), vertical = Axis.Over(ys, widens: !framed).Onto(bottom, top);
        foreach (HeatMap map in _heatMaps)
        {
            double x = horizontal.Place(map.X.From), y = vertical.Place(map.Y.To);
            canvas.Image(x, y, horizontal.Place(map.X.To) - x, vertical.Place(map.Y.From) - y, map.Pixels, map.Columns, map.Rows);
        }

        DrawAxes(canvas, horizontal, vertical, top, bottom, right, hasGrid: !framed);
        for (int i = 0; i < _series.Count; i++)
        {
            DrawSeries(canvas, _series[i], Paint.OfSeries(i), horizontal, vertical);
        }

        if (legendHeight > 0)
        {
            DrawLegend(canvas);
        }
    }

    private void DrawAxes(ICanvas canvas, Axis horizontal, Axis vertical, double top, double bottom, double right, bool hasGrid)
    {
        foreach (double tick in vertical.Ticks)
        {
            double y = vertical.Place(tick);
            canvas.Line(hasGrid ? Left : Left - 4, y, hasGrid ? right : Left, y, Paint.Faint);
            canvas.Text(Left - 8, y + 4, vertical.Label(tick), Paint.Ink, anchor: "end");
        }

        foreach (double tick in horizontal.Ticks)
        {
            double x = horizontal.Place(tick);
            canvas.Line(x, bottom, x, bottom + 4, Paint.Ink);
            canvas.Text(x, bottom + 18, horizontal.Label(tick), Paint.Ink);
        }

        canvas.Line(Left, bottom, right, bottom, Paint.Ink);
        canvas.Line(Left, top, Left, bottom, Paint.Ink);
        canvas.Text(Width / 2.0, 26, Title, Paint.Ink, 16);
        canvas.Text((Left + right) / 2, Height - 12, XLabel, Paint.Ink, 13);
        canvas.Text(18, (top + bottom) / 2, YLabel, Paint.Ink, 13, upwards: true);
    }

    private static void DrawSeries(ICanvas canvas, Series series, string paint, Axis horizontal, Axis vertical)
    {
        List<(double X, double Y)> run = [];
        for (int i = 0; i <= series.X.Count; i++)
        {
            bool isFinite = i < series.X.Count && double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]);
            if (isFinite)
            {
                run.Add((horizontal.Place(series.X[i]), vertical.Place(series.Y[i])));
            }

            if (!isFinite || series.Form == Form.Points)
            {
                DrawRun(canvas, run, series.Form, paint);
                run.Clear();
            }
        }
    }

    private static void DrawRun(ICanvas canvas, List<(double X, double Y)> run, Form form, string paint)
    {
        if (form == Form.Dashes)
        {
            for (int i = 1; i < run.Count; i++)
            {
                canvas.Line(run[i - 1].X, run[i - 1].Y, run[i].X, run[i].Y, paint, 1.5, dashed: true);
            }
        }
        else if (run.Count == 1)
        {
            // A line of one point, as after a single epoch, would be invisible.
            canvas.Disc(run[0].X, run[0].Y, form == Form.Points ? 2.5 : 3.5, paint);
        }
        else if (run.Count > 1)
        {
            canvas.Polyline(run.ToArray(), paint);
        }
    }

    private void DrawLegend(ICanvas canvas)
    {
        // A letter of the 12 pixel font is about 6.6 pixels wide.
        double[] widths = [.. _series.Select(series => series.Name.Length == 0 ? 0 : 44 + (6.6 * series.Name.Length))];
        double x = (Width - widths.Sum()) / 2;
        for (int i = 0; i < _series.Count; i++)
        {
            if (widths[i] > 0)
            {
                if (_series[i].Form == Form.Points)
                {
                    canvas.Disc(x + 14, 46, 4, Paint.OfSeries(i));
                }
                else
                {
                    canvas.Line(x, 46, x + 22, 46, Paint.OfSeries(i), 2.5, _series[i].Form == Form.Dashes);
                }

                canvas.Text(x + 28, 50, _series[i].Name, Paint.Ink, anchor: "start");
                x += widths[i];
            }
        }
    }

    private Plot Add(string name, Form form, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"\"{name}\" has {x.Count} x values, but {y.Count} y values.", nameof(y));
        }

        _series.Add(new Series(name, form, x, y));
        return this;
    }

    private sealed record Series(string Name, Form Form, IReadOnlyList<double> X, IReadOnlyList<double> Y);

    private sealed record HeatMap(byte[] Pixels, int Columns, int Rows, (double From, double To) X, (double From, double To) Y);
}
