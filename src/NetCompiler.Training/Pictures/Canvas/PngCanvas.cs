namespace NetCompiler;

/// <summary>Draws into pixels, anti-aliased by the exact share of every pixel that a shape covers.</summary>
internal sealed class PngCanvas : ICanvas
{
    private const int DiscCorners = 28;
    private const double JointAngle = 0.4;

    // How far outside of the picture lines are still followed, in its pixels.
    private const double Outside = 100;

    private readonly byte[] _rgba;
    private readonly Coverage _coverage;
    private readonly double _scale;
    private readonly bool _isDark;
    private (double Left, double Top, double Right, double Bottom) _clip;

    /// <summary>Fills the ground.</summary>
    /// <param name="width">In pixels of the picture.</param>
    /// <param name="height">In pixels of the picture.</param>
    /// <param name="isDark">Whether the theme is the dark one.</param>
    /// <param name="scale">The number of the file's pixels for one of the picture's.</param>
    public PngCanvas(int width, int height, bool isDark, double scale)
    {
        _scale = scale;
        _isDark = isDark;
        _coverage = new Coverage((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
        _rgba = new byte[4 * _coverage.Width * _coverage.Height];
        _rgba.AsSpan().Fill(byte.MaxValue);
        EndClip();
        Rectangle(0, 0, _coverage.Width / scale, _coverage.Height / scale, Paint.Paper);
    }

    /// <summary>The file.</summary>
    public byte[] Finish() => PngEncoder.Encode(_rgba, _coverage.Width, _coverage.Height);

    public void Line(double x1, double y1, double x2, double y2, Paint paint, double width = 1, Dash dash = Dash.Solid)
        => Polyline([(x1, y1), (x2, y2)], paint, width, dash);

    public void Polyline(ReadOnlySpan<(double X, double Y)> points, Paint paint, double width = 2, Dash dash = Dash.Solid, double opacity = 1)
    {
        double[] pattern = DashPattern.Of(dash).ToArray();
        double period = pattern.Sum(), before = 0;
        for (int i = 1; i < points.Length; i++)
        {
            (double X, double Y) from = points[i - 1], to = points[i];
            double length = Math.Sqrt(Square(to.X - from.X) + Square(to.Y - from.Y));
            (double start, double end) = Visible(from, to);
            if (pattern.Length == 0)
            {
                Segment(At(from, to, start), At(from, to, end), width);
                if (i < points.Length - 1)
                {
                    Joint(from, to, points[i + 1], width / 2);
                }
            }
            else if (length > 0)
            {
                Dashes(from, to, start * length, end * length, length, before, pattern, width);
                before = (before + length) % period;
            }
        }

        Fill(paint, opacity);
    }

    public void Polygon(ReadOnlySpan<(double X, double Y)> points, Paint paint, bool hasEdge = false)
    {
        if (hasEdge)
        {
            Polyline([.. points, points[0], points[1]], Paint.Paper, 2 * CanvasEdge.Width);
        }

        _coverage.Polygon(Scaled(points));
        Fill(paint, 1);
    }

    public void Disc(double x, double y, double radius, Paint paint, bool hasEdge = true)
    {
        if (hasEdge)
        {
            _coverage.Polygon(Scaled(Circle(x, y, radius + CanvasEdge.Width)));
            Fill(Paint.Paper, 1);
        }

        _coverage.Polygon(Scaled(Circle(x, y, radius)));
        Fill(paint, 1);
    }

    public void Rectangle(double x, double y, double width, double height, Paint paint, double opacity = 1)
    {
        _coverage.Polygon(Scaled([(x, y), (x + width, y), (x + width, y + height), (x, y + height)]));
        Fill(paint, opacity);
    }

    public void Text(double x, double y, string text, Paint paint, double size = 12, Anchor anchor = Anchor.Middle, bool upwards = false)
    {
        double before = GlyphFont.Width(text, size) * anchor switch { Anchor.Start => 0, Anchor.End => 1, _ => 0.5 };
        GlyphFont.Outline(text, size, (x1, y1, x2, y2) =>
        {
            (x1, x2) = (x1 - before, x2 - before);
            if (upwards)
            {
                (x1, y1, x2, y2) = (y1, -x1, y2, -x2);
            }

            _coverage.Edge((x + x1) * _scale, (y + y1) * _scale, (x + x2) * _scale, (y + y2) * _scale);
        });
        Fill(paint, 1);
    }

    public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> rgba, int columns, int rows)
    {
        int top = Math.Max(0, (int)Math.Round(y * _scale)), bottom = Math.Min(_coverage.Height, (int)Math.Round((y + height) * _scale));
        int left = Math.Max(0, (int)Math.Round(x * _scale)), right = Math.Min(_coverage.Width, (int)Math.Round((x + width) * _scale));
        for (int row = top; row < bottom; row++)
        {
            int fromRow = Math.Clamp((int)((((row + 0.5) / _scale) - y) / height * rows), 0, rows - 1);
            for (int column = left; column < right; column++)
            {
                int fromColumn = Math.Clamp((int)((((column + 0.5) / _scale) - x) / width * columns), 0, columns - 1);
                ReadOnlySpan<byte> pixel = rgba.Slice(4 * ((fromRow * columns) + fromColumn), 4);
                Blend(column, row, (pixel[0] << 16) | (pixel[1] << 8) | pixel[2], pixel[3] / 255f);
            }
        }
    }

    public void BeginClip(double x, double y, double width, double height)
    {
        _clip = (x * _scale, y * _scale, (x + width) * _scale, (y + height) * _scale);
        _coverage.Clip(_clip.Left, _clip.Top, _clip.Right, _clip.Bottom);
    }

    public void EndClip() => BeginClip(0, 0, _coverage.Width / _scale, _coverage.Height / _scale);

    private static double Square(double value) => value * value;

    private static (double X, double Y) At((double X, double Y) from, (double X, double Y) to, double share)
        => (from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));

    private static (double X, double Y)[] Circle(double x, double y, double radius)
    {
        (double X, double Y)[] corners = new (double, double)[DiscCorners];
        for (int i = 0; i < DiscCorners; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / DiscCorners);
            corners[i] = (x + (radius * cos), y + (radius * sin));
        }

        return corners;
    }

    /// <summary>The shares of a segment between which it may be seen: a line can be very much longer than the picture. Source: Liang and Barsky 1984.</summary>
    private (double Start, double End) Visible((double X, double Y) from, (double X, double Y) to)
    {
        double start = 0, end = 1;
        Cut(from.X, to.X - from.X, _coverage.Width / _scale);
        Cut(from.Y, to.Y - from.Y, _coverage.Height / _scale);
        return end < start ? (0, 0) : (start, end);

        void Cut(double at, double direction, double size)
        {
            if (direction == 0)
            {
                end = at < -Outside || at > size + Outside ? -1 : end;
                return;
            }

            double first = (-Outside - at) / direction, last = (size + Outside - at) / direction;
            start = Math.Max(start, Math.Min(first, last));
            end = Math.Min(end, Math.Max(first, last));
        }
    }

    /// <summary>Draws the dashes of a segment between two distances from its start, which is so far from the start of the pattern.</summary>
    private void Dashes((double X, double Y) from, (double X, double Y) to, double start, double end, double length, double before, double[] pattern, double width)
    {
        double period = pattern.Sum();
        for (double repeat = Math.Floor((before + start) / period); (repeat * period) - before < end; repeat++)
        {
            double at = (repeat * period) - before;
            for (int part = 0; part < pattern.Length; part++)
            {
                double first = Math.Max(start, at), last = Math.Min(end, at + pattern[part]);
                if (part % 2 == 0 && first < last)
                {
                    Segment(At(from, to, first / length), At(from, to, last / length), width);
                }

                at += pattern[part];
            }
        }
    }

    private void Segment((double X, double Y) from, (double X, double Y) to, double width)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length > 0)
        {
            (dx, dy) = (dx / length * width / 2, dy / length * width / 2);
            _coverage.Polygon(Scaled([(from.X - dy, from.Y + dx), (from.X + dy, from.Y - dx), (to.X + dy, to.Y - dx), (to.X - dy, to.Y + dx)]));
        }
    }

    /// <summary>Fills the wedge that two segments leave open on the outer side; a whole disc would cover their soft edges twice.</summary>
    private void Joint((double X, double Y) before, (double X, double Y) at, (double X, double Y) after, double radius)
    {
        double first = Math.Atan2(at.Y - before.Y, at.X - before.X), turn = Math.Atan2(after.Y - at.Y, after.X - at.X) - first;
        turn -= 2 * Math.PI * Math.Round(turn / (2 * Math.PI));
        double outwards = first + (turn > 0 ? -Math.PI / 2 : Math.PI / 2);
        int pieces = 1 + (int)(Math.Abs(turn) / JointAngle);
        (double X, double Y)[] wedge = new (double, double)[pieces + 2];
        wedge[0] = at;
        for (int i = 0; i <= pieces; i++)
        {
            (double sin, double cos) = Math.SinCos(outwards + (turn * i / pieces));
            wedge[i + 1] = (at.X + (radius * cos), at.Y + (radius * sin));
        }

        _coverage.Polygon(Scaled(wedge));
    }

    private (double X, double Y)[] Scaled(ReadOnlySpan<(double X, double Y)> points)
    {
        (double X, double Y)[] scaled = points.ToArray();
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (scaled[i].X * _scale, scaled[i].Y * _scale);
        }

        return scaled;
    }

    private void Fill(Paint paint, double opacity)
    {
        int rgb = Palette.Rgb(paint, _isDark);
        _coverage.Finish((column, row, share) => Blend(column, row, rgb, share * (float)opacity));
        _coverage.Clip(_clip.Left, _clip.Top, _clip.Right, _clip.Bottom);
    }

    private void Blend(int column, int row, int rgb, float share)
    {
        Span<byte> pixel = _rgba.AsSpan(4 * ((row * _coverage.Width) + column), 3);
        for (int c = 0; c < 3; c++)
        {
            int colour = (rgb >> (16 - (8 * c))) & 0xFF;
            pixel[c] = (byte)MathF.Round(pixel[c] + ((colour - pixel[c]) * share));
        }
    }
}
