using System.Globalization;

namespace NetCompiler;

/// <summary>The names beside the rows and under the columns of a table of cells: upwards where they are wider than a column, cut where they are very long.</summary>
internal sealed class CellNames
{
    private const double Longest = 140;
    private const double Gap = 8;

    // The least room between two names in a row.
    private const double Between = 6;

    private readonly string[] _rows;
    private readonly string[] _columns;
    private readonly double _cellWidth;
    private readonly double _cellHeight;
    private readonly bool _isUpwards;

    public CellNames(IEnumerable<string> rows, IEnumerable<string> columns, double cellWidth, double cellHeight)
    {
        _rows = [.. rows.Select(name => GlyphFont.Fit(name, Size, Longest))];
        _columns = [.. columns.Select(name => GlyphFont.Fit(name, Size, Longest))];
        (_cellWidth, _cellHeight) = (cellWidth, cellHeight);
        double widest = Widest(_columns);
        _isUpwards = widest > cellWidth - Between && _columns.Any(name => !double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        RowsWidth = _rows.Length == 0 ? 0 : Widest(_rows) + Gap;
        ColumnsHeight = _columns.Length == 0 ? 0 : Gap + (_isUpwards ? widest : Size);
    }

    /// <summary>The room left of the cells.</summary>
    public double RowsWidth { get; }

    /// <summary>The room below the cells.</summary>
    public double ColumnsHeight { get; }

    private static double Size => 12;

    /// <summary>Draws the names around cells that start at a place; where they are too close, only every second, third, ...</summary>
    public void Draw(ICanvas canvas, double left, double top, double bottom)
    {
        int every = Every(Size + 3, _cellHeight);
        for (int i = 0; i < _rows.Length; i += every)
        {
            canvas.Text(left - Gap, top + ((i + 0.5) * _cellHeight) + 4, _rows[i], Paint.Ink, Size, Anchor.End);
        }

        every = Every(_isUpwards ? Size + 3 : Widest(_columns) + Between, _cellWidth);
        for (int i = 0; i < _columns.Length; i += every)
        {
            double x = left + ((i + 0.5) * _cellWidth);
            if (_isUpwards)
            {
                canvas.Text(x + 4, bottom + Gap, _columns[i], Paint.Ink, Size, Anchor.End, upwards: true);
            }
            else
            {
                canvas.Text(x, bottom + Gap + 8, _columns[i], Paint.Ink, Size);
            }
        }
    }

    private static int Every(double needed, double given) => Math.Max(1, (int)Math.Ceiling(needed / given));

    private static double Widest(string[] names) => names.Select(name => GlyphFont.Width(name, Size)).DefaultIfEmpty(0).Max();
}
