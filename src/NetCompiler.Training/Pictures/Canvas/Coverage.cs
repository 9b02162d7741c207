namespace NetCompiler;

/// <summary>
/// How much of every pixel a shape covers, exactly: each edge adds the signed area to its right, and a running sum along the row gives the winding number
/// times the covered share. Shapes of one orientation may overlap. Source: R. Levien's font-rs, as in stb_truetype 2.
/// </summary>
internal sealed class Coverage
{
    private readonly int _stride;
    private readonly float[] _areas;
    private double _left;
    private double _top;
    private double _right;
    private double _bottom;
    private int _firstRow;
    private int _lastRow;
    private int _firstColumn;
    private int _lastColumn;

    public Coverage(int width, int height)
    {
        Width = width;
        Height = height;
        _stride = width + 2;
        _areas = new float[_stride * height];
        Clip(0, 0, width, height);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Leaves out what is outside a rectangle, of all edges to come.</summary>
    public void Clip(double left, double top, double right, double bottom)
    {
        (_left, _top) = (Math.Max(0, left), Math.Max(0, top));
        (_right, _bottom) = (Math.Min(Width, right), Math.Min(Height, bottom));
        Forget();
    }

    /// <summary>Adds a polygon; all polygons of a shape count as if they had one orientation.</summary>
    public void Polygon(ReadOnlySpan<(double X, double Y)> points)
    {
        double area = 0;
        for (int i = 0; i < points.Length; i++)
        {
            (double x1, double y1) = points[i];
            (double x2, double y2) = points[(i + 1) % points.Length];
            area += (x1 * y2) - (x2 * y1);
        }

        for (int i = 0; i < points.Length; i++)
        {
            (double X, double Y) from = points[i], to = points[(i + 1) % points.Length];
            (from, to) = area < 0 ? (to, from) : (from, to);
            Edge(from.X, from.Y, to.X, to.Y);
        }
    }

    /// <summary>Adds one edge of a closed contour.</summary>
    public void Edge(double x1, double y1, double x2, double y2)
    {
        if (y1 == y2 || !double.IsFinite(x1 + y1 + x2 + y2))
        {
            return;
        }

        double sign = y1 < y2 ? 1 : -1;
        if (sign < 0)
        {
            (x1, y1, x2, y2) = (x2, y2, x1, y1);
        }

        double slope = (x2 - x1) / (y2 - y1);
        double start = Math.Max(y1, _top), end = Math.Min(y2, _bottom);
        for (int row = (int)start; row < end; row++)
        {
            double from = Math.Max(start, row), to = Math.Min(end, row + 1);
            if (to > from)
            {
                _firstRow = Math.Min(_firstRow, row);
                _lastRow = Math.Max(_lastRow, row);
                Row(row, from, to, x1 + ((from - y1) * slope), x1 + ((to - y1) * slope), sign);
            }
        }
    }

    /// <summary>Hands out the share of every pixel that is covered at all, and forgets the shape.</summary>
    public void Finish(Action<int, int, float> pixel)
    {
        for (int row = _firstRow; row <= _lastRow; row++)
        {
            // Only where an edge was: right of the last one the sum is 0 again.
            Span<float> areas = _areas.AsSpan((row * _stride) + _firstColumn, _lastColumn + 1 - _firstColumn);
            float sum = 0;
            for (int x = _firstColumn; x < Math.Min(Width, _lastColumn + 1); x++)
            {
                sum += areas[x - _firstColumn];
                float share = Math.Min(1, Math.Abs(sum));
                if (share > 1 / 512f)
                {
                    pixel(x, row, share);
                }
            }

            areas.Clear();
        }

        Forget();
    }

    private void Forget()
    {
        (_firstRow, _lastRow) = (Height, -1);
        (_firstColumn, _lastColumn) = (_stride, -1);
    }

    /// <summary>One edge within one row, cut at the sides: what is left of the clip counts at its left side, what is right of it at its right side.</summary>
    private void Row(int row, double from, double to, double x1, double x2, double sign)
    {
        double low = Math.Min(x1, x2), high = Math.Max(x1, x2);
        if (high <= _left || low >= _right || low == high)
        {
            double x = Math.Clamp(low, _left, _right);
            Piece(row, x, x, (to - from) * sign);
            return;
        }

        double perX = (to - from) / (high - low), inner = Math.Clamp(low, _left, _right), outer = Math.Clamp(high, _left, _right);
        Piece(row, _left, _left, (inner - low) * perX * sign);
        Piece(row, inner, outer, (outer - inner) * perX * sign);
        Piece(row, _right, _right, (high - outer) * perX * sign);
    }

    private void Piece(int row, double low, double high, double height)
    {
        if (height == 0)
        {
            return;
        }

        Span<float> areas = _areas.AsSpan(row * _stride, _stride);
        int first = (int)low, last = Math.Max(first + 1, (int)Math.Ceiling(high));
        (_firstColumn, _lastColumn) = (Math.Min(_firstColumn, first), Math.Max(_lastColumn, last));
        double before = 0;
        for (int x = first; x < last; x++)
        {
            // The mean over the row's height of what lies right of the edge inside this pixel, and the step that makes the running sum reach it.
            double a = Math.Max(low, x), b = Math.Min(high, x + 1);
            double share = high == low ? 1 : (b - a) / (high - low);
            double covered = share * (x + 1 - ((a + b) / 2));
            double passed = high == low ? 0 : Math.Max(0, (a - low) / (high - low));
            double total = covered + passed;
            areas[x] += (float)(height * (total - before));
            before = total;
        }

        areas[last] += (float)(height * (1 - before));
    }
}
