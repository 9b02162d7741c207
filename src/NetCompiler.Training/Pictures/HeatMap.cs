namespace NetCompiler;

/// <summary>The colours of a heat map.</summary>
public enum HeatPalette
{
    /// <summary>From dark violet for the least to yellow for the most (viridis).</summary>
    Unsigned,

    /// <summary>Blue below the middle, orange above it, fading towards it.</summary>
    Signed,
}

/// <summary>A matrix as coloured cells, with a colour bar. NaN is grey.</summary>
public sealed class HeatMap : Picture
{
    private const int Margin = 16;
    private const int BarWidth = 14;
    private const double LargestSide = 400;
    private const double LargestCell = 56;

    private readonly float[] _values;
    private readonly int _rows;
    private readonly int _columns;
    private readonly HeatPalette _palette;
    private readonly double _middle;
    private readonly double _least;
    private readonly double _most;
    private readonly double _cell;
    private readonly CellNames _names;

    /// <summary>Draws a matrix.</summary>
    /// <param name="values">Row after row, from the top.</param>
    /// <param name="columns">The number of values in a row.</param>
    /// <param name="palette">The colours: signed ones for weights and gradients, unsigned ones for sizes and counts.</param>
    /// <param name="middle">The value without colour of the signed palette.</param>
    /// <param name="rowNames">One name per row, or null for none.</param>
    /// <param name="columnNames">One name per column, or null for none.</param>
    /// <param name="title">The line above it.</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows, there are none or none is finite, or the names are more or fewer than rows or columns or one is null.</exception>
    public HeatMap(
        ReadOnlySpan<float> values,
        int columns,
        HeatPalette palette = HeatPalette.Unsigned,
        double middle = 0,
        IReadOnlyList<string>? rowNames = null,
        IReadOnlyList<string>? columnNames = null,
        string title = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.IsEmpty || values.Length % columns != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {columns}.", nameof(values));
        }

        _values = values.ToArray();
        float[] finite = [.. _values.Where(float.IsFinite)];
        if (finite.Length == 0)
        {
            throw new ArgumentException($"None of the {values.Length} values is finite.", nameof(values));
        }

        (_columns, _rows, _palette, _middle) = (columns, values.Length / columns, palette, middle);
        Title = title;
        RequireNames(rowNames, _rows, "rows", nameof(rowNames));
        RequireNames(columnNames, _columns, "columns", nameof(columnNames));
        double reach = finite.Max(value => Math.Abs(value - middle));
        (_least, _most) = palette == HeatPalette.Signed ? (middle - reach, middle + reach) : (finite.Min(), finite.Max());
        _cell = Math.Min(LargestCell, LargestSide / Math.Max(_rows, _columns));
        _names = new CellNames(rowNames ?? [], columnNames ?? [], _cell, _cell);
    }

    /// <inheritdoc/>
    public override int Width => (int)Math.Ceiling(Math.Max(200, Left + (_cell * _columns) + Margin + BarWidth + 14 + ScaleWidth + Margin));

    /// <inheritdoc/>
    public override int Height => (int)Math.Ceiling(Top + BarHeight + Math.Max(Margin, _names.ColumnsHeight + Margin - 8));

    private double Left => Margin + _names.RowsWidth;

    private double Top => Title.Length > 0 ? 44 : Margin;

    private double BarHeight => Math.Max(80, _cell * _rows);

    private double ScaleWidth => Scale().Ticks.Max(tick => GlyphFont.Width(tick.Label, 12));

    internal override void Draw(ICanvas canvas)
    {
        double width = _cell * _columns, height = _cell * _rows;
        DrawTitle(canvas);
        canvas.Image(Left, Top, width, height, Colours(_values), _columns, _rows);
        _names.Draw(canvas, Left, Top, Top + height);
        DrawBar(canvas, Left + width + Margin);
    }

    private static void RequireNames(IReadOnlyList<string>? names, int count, string what, string argument)
    {
        if (names is not null && names.Count != count)
        {
            throw new ArgumentException($"There are {names.Count} names, but {count} {what}.", argument);
        }

        Elements.Require(names ?? [], argument);
    }

    private byte[] Colours(IReadOnlyList<float> values)
        => _palette == HeatPalette.Signed ? HeatColours.Signed(values, _middle, _most - _middle) : HeatColours.Unsigned(values, _least, _most);

    private void DrawBar(ICanvas canvas, double x)
    {
        const int Steps = 128;
        Axis scale = Scale();
        canvas.Image(x, Top, BarWidth, BarHeight, Colours([.. Enumerable.Range(0, Steps).Select(i => (float)(_most - ((_most - _least) * (i + 0.5) / Steps)))]), 1, Steps);
        foreach ((double tick, string label) in scale.Ticks)
        {
            double y = scale.Place(tick);
            canvas.Line(x + BarWidth, y, x + BarWidth + 4, y, Paint.Ink);
            canvas.Text(x + BarWidth + 8, y + 4, label, Paint.Ink, anchor: Anchor.Start);
        }
    }

    private Axis Scale() => Axis.Over([_least, _most], Top + BarHeight, Top, new AxisOptions());
}
