using System.Globalization;

namespace NetCompiler;

/// <summary>
/// A confusion matrix as a table of counts and, under them, their percentage of the true class. The larger that share, the stronger the colour: right ones on the
/// diagonal blue, mistakes orange.
/// </summary>
public sealed class ConfusionPicture : Picture
{
    private const int Margin = 16;
    private const int AxisRoom = 26;
    private const double CountSize = 12;
    private const double ShareSize = 10;

    // Stronger, and neither light nor dark text would have a contrast of 4.5 with it on both grounds.
    private const double FaintestOpacity = 0.15, StrongestOpacity = 0.7;

    private readonly ConfusionMatrix _matrix;
    private readonly CellNames _names;
    private readonly int _cell;

    /// <summary>Draws a matrix.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="names">One name per class; null means their numbers.</param>
    /// <param name="title">The line above it.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes, or one is null.</exception>
    public ConfusionPicture(ConfusionMatrix matrix, IReadOnlyList<string>? names = null, string title = "")
    {
        ArgumentNullException.ThrowIfNull(matrix);
        _matrix = matrix;
        Title = title;
        names ??= [.. Enumerable.Range(0, matrix.Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (names.Count != matrix.Classes)
        {
            throw new ArgumentException($"There are {names.Count} names, but {matrix.Classes} classes.", nameof(names));
        }

        Elements.Require(names, nameof(names));
        double widest = Pairs().Max(pair => GlyphFont.Width(Count(pair.Row, pair.Column), CountSize));
        _cell = (int)Math.Ceiling(Math.Max(widest + 10, matrix.Classes <= 4 ? 72 : matrix.Classes <= 12 ? 48 : 40));
        _names = new CellNames(names, names, _cell, _cell);
    }

    /// <inheritdoc/>
    public override int Width => Math.Max(220, Left + (_cell * _matrix.Classes) + Margin);

    /// <inheritdoc/>
    public override int Height => (int)Math.Ceiling(Top + (_cell * _matrix.Classes) + _names.ColumnsHeight + AxisRoom + 6);

    private int Left => (int)Math.Ceiling(AxisRoom + 6 + _names.RowsWidth);

    private int Top => Title.Length > 0 ? 44 : Margin;

    internal override void Draw(ICanvas canvas)
    {
        int side = _cell * _matrix.Classes;
        DrawTitle(canvas);
        canvas.Text(Left + (side / 2.0), Height - 12, "predicted class", Paint.Ink, 13);
        canvas.Text(20, Top + (side / 2.0), "true class", Paint.Ink, 13, upwards: true);
        _names.Draw(canvas, Left, Top, Top + side);
        foreach ((int row, int column) in Pairs())
        {
            long total = Enumerable.Range(0, _matrix.Classes).Sum(other => _matrix[row, other]);
            DrawCell(canvas, row, column, total == 0 ? 0 : (double)_matrix[row, column] / total);
        }
    }

    private void DrawCell(ICanvas canvas, int row, int column, double share)
    {
        double x = Left + (column * _cell), y = Top + (row * _cell);
        canvas.Rectangle(x + 1, y + 1, _cell - 2, _cell - 2, Paint.Faint, 0.35);
        if (share > 0)
        {
            canvas.Rectangle(x + 1, y + 1, _cell - 2, _cell - 2, Paint.OfSeries(row == column ? 0 : 1), FaintestOpacity + ((StrongestOpacity - FaintestOpacity) * share));
        }

        double middle = x + (_cell / 2.0);
        canvas.Text(middle, y + (_cell / 2.0) + (share > 0 ? -1 : 4), Count(row, column), Paint.Ink, CountSize);
        if (share > 0)
        {
            canvas.Text(middle, y + (_cell / 2.0) + 12, Percentage(share), Paint.Ink, ShareSize);
        }
    }

    private static string Percentage(double share)
        => share < 0.001 ? "<0.1 %" : (100 * share).ToString(share is > 0.999 and < 1 ? "0.00" : "0.#", CultureInfo.InvariantCulture) + " %";

    private string Count(int row, int column) => _matrix[row, column].ToString(CultureInfo.InvariantCulture);

    private IEnumerable<(int Row, int Column)> Pairs()
        => Enumerable.Range(0, _matrix.Classes * _matrix.Classes).Select(i => (i / _matrix.Classes, i % _matrix.Classes));
}
