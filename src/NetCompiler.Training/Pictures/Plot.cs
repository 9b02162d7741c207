namespace NetCompiler;

/// <summary>A plot of lines, points, bars and an image behind them, over two axes with round ticks and a legend.</summary>
public sealed partial class Plot : Picture
{
    private readonly List<PlotSeries> _series = [];
    private readonly List<PlotGround> _grounds = [];
    private readonly (double From, double To)? _xRange;
    private readonly (double From, double To)? _yRange;
    private readonly (int Width, int Height) _size = (640, 400);

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

    /// <summary>What the horizontal axis shows.</summary>
    public string XLabel { get; }

    /// <summary>What the vertical axis shows.</summary>
    public string YLabel { get; }

    /// <summary>Whether the ticks of the horizontal axis are whole numbers.</summary>
    public bool HasWholeX { get; init; }

    /// <summary>Whether equal ratios are equal distances on the horizontal axis; values that are not positive are left out.</summary>
    public bool HasLogX { get; init; }

    /// <summary>Whether equal ratios are equal distances on the vertical axis; values that are not positive are left out.</summary>
    public bool HasLogY { get; init; }

    /// <summary>The ends of the horizontal axis; null means those of the data. What lies outside is cut off.</summary>
    /// <exception cref="ArgumentException">The ends are not finite or not in order.</exception>
    public (double From, double To)? XRange
    {
        get => _xRange;
        init => _xRange = Checked(value, nameof(XRange));
    }

    /// <summary>The ends of the vertical axis; null means those of the data. What lies outside is cut off.</summary>
    /// <exception cref="ArgumentException">The ends are not finite or not in order.</exception>
    public (double From, double To)? YRange
    {
        get => _yRange;
        init => _yRange = Checked(value, nameof(YRange));
    }

    /// <summary>The size in pixels; a legend of several rows makes the picture higher. At least 160 x 120.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is smaller.</exception>
    public (int Width, int Height) Size
    {
        get => _size;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value.Width, 160, nameof(Size));
            ArgumentOutOfRangeException.ThrowIfLessThan(value.Height, 120, nameof(Size));
            _size = value;
        }
    }

    /// <inheritdoc/>
    public override int Width => Size.Width;

    /// <inheritdoc/>
    public override int Height => Size.Height + (PlotLegend.RowHeight * Math.Max(0, new PlotLegend(_series, Width).Rows - 1));

    /// <summary>Adds a line through points in the order given; points that are not finite interrupt it.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public Plot AddLine(string name, IReadOnlyList<double> x, IReadOnlyList<double> y) => Add(name, PlotForm.Line, x, y);

    /// <summary>Adds a dashed line, as a reference.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public Plot AddDashes(string name, IReadOnlyList<double> x, IReadOnlyList<double> y) => Add(name, PlotForm.Dashes, x, y);

    /// <summary>Adds points without a line; each series has a colour and a shape of its own.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public Plot AddPoints(string name, IReadOnlyList<double> x, IReadOnlyList<double> y) => Add(name, PlotForm.Points, x, y);

    /// <summary>
    /// Lays a heat map behind everything, as the outputs of a network over a grid: the decision boundary is where the colour vanishes.
    /// </summary>
    /// <param name="values">Rows of values from the smallest y to the largest, in each from the smallest x to the largest.</param>
    /// <param name="columns">The number of values in a row.</param>
    /// <param name="x">The ends of the horizontal range.</param>
    /// <param name="y">The ends of the vertical range.</param>
    /// <param name="middle">The value without colour: smaller ones are in the colour of the first series, larger ones in that of the second.</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows, there are none, or a range is not in order.</exception>
    public Plot AddHeatMap(IReadOnlyList<float> values, int columns, (double From, double To) x, (double From, double To) y, double middle = 0.5)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireRows(values.Count, columns);
        float[] rows = FromTop(values, columns);
        double reach = rows.Where(float.IsFinite).Select(value => Math.Abs(value - middle)).DefaultIfEmpty(0).Max();
        return AddGround(HeatColours.Signed(rows, middle, reach, isRegion: true), columns, x, y);
    }

    /// <summary>Lays the regions of classes behind everything, in the colours of as many series: the decision boundary is where two meet.</summary>
    /// <param name="classes">Rows of class numbers from the smallest y to the largest, in each from the smallest x to the largest.</param>
    /// <param name="columns">The number of classes in a row.</param>
    /// <param name="x">The ends of the horizontal range.</param>
    /// <param name="y">The ends of the vertical range.</param>
    /// <exception cref="ArgumentException">The classes are no whole number of rows, there are none, one is negative, or a range is not in order.</exception>
    public Plot AddRegions(IReadOnlyList<int> classes, int columns, (double From, double To) x, (double From, double To) y)
    {
        ArgumentNullException.ThrowIfNull(classes);
        RequireRows(classes.Count, columns);
        return classes.Any(index => index < 0)
            ? throw new ArgumentException($"A region has the class {classes.Min()}; classes are counted from 0.", nameof(classes))
            : AddGround(HeatColours.Classes(FromTop(classes, columns)), columns, x, y);
    }

    private static (double From, double To)? Checked((double From, double To)? range, string name)
        => range is not { } ends || (ends.From < ends.To && double.IsFinite(ends.To - ends.From))
            ? range
            : throw new ArgumentException(FormattableString.Invariant($"The range from {ends.From} to {ends.To} is not finite or not in order."), name);

    private static void RequireRows(int count, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (count == 0 || count % columns != 0)
        {
            throw new ArgumentException($"{count} values are no whole number of rows of {columns}.", "values");
        }
    }

    private static T[] FromTop<T>(IReadOnlyList<T> values, int columns)
        => [.. Enumerable.Range(0, values.Count).Select(i => values[values.Count - (columns * ((i / columns) + 1)) + (i % columns)])];

    private Plot AddGround(byte[] pixels, int columns, (double From, double To) x, (double From, double To) y)
    {
        Checked(x, nameof(x));
        Checked(y, nameof(y));
        _grounds.Add(new PlotGround(pixels, columns, pixels.Length / 4 / columns, x, y));
        return this;
    }

    private Plot Add(string name, PlotForm form, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"\"{name}\" has {x.Count} x values, but {y.Count} y values.", nameof(y));
        }

        _series.Add(new PlotSeries(name, form, _series.Count, x, y));
        return this;
    }
}
