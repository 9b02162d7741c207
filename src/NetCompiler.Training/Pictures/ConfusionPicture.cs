using System.Globalization;

namespace NetCompiler;

/// <summary>A confusion matrix as a table whose cells are the darker, the larger their share of the true class.</summary>
public sealed class ConfusionPicture : Picture
{
    private const int Top = 64;
    private const int Margin = 24;

    private readonly ConfusionMatrix _matrix;
    private readonly string[] _names;
    private readonly string _title;
    private readonly int _left;
    private readonly int _cell;

    /// <summary>Draws a matrix.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="names">One name per class; null means their numbers.</param>
    /// <param name="title">The line above it.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public ConfusionPicture(ConfusionMatrix matrix, IReadOnlyList<string>? names = null, string title = "")
    {
        ArgumentNullException.ThrowIfNull(matrix);
        _matrix = matrix;
        _title = title;
        _names = [.. names ?? [.. Enumerable.Range(0, matrix.Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))]];
        if (_names.Length != matrix.Classes)
        {
            throw new ArgumentException($"There are {_names.Length} names, but {matrix.Classes} classes.", nameof(names));
        }

        int longest = _names.Max(name => name.Length);
        _left = 44 + (int)(6.6 * longest);
        _cell = Math.Max(_matrix.Classes > 20 ? 24 : 42, Math.Min(100, 14 + (int)(6.6 * longest)));
    }

    /// <inheritdoc/>
    public override int Width => _left + (_cell * _matrix.Classes) + Margin;

    /// <inheritdoc/>
    public override int Height => Top + (_cell * _matrix.Classes) + 56;

    private protected override void Draw(ICanvas canvas)
    {
        int classes = _matrix.Classes, side = _cell * classes;
        canvas.Text(Width / 2.0, 28, _title, Paint.Ink, 16);
        canvas.Text(_left + (side / 2.0), Height - 14, "predicted class", Paint.Ink, 13);
        canvas.Text(18, Top + (side / 2.0), "true class", Paint.Ink, 13, upwards: true);
        for (int row = 0; row < classes; row++)
        {
            long total = Enumerable.Range(0, classes).Sum(column => _matrix[row, column]);
            double y = Top + (row * _cell);
            canvas.Text(_left - 8, y + (_cell / 2.0) + 4, _names[row], Paint.Ink, anchor: "end");
            canvas.Text(_left + ((row + 0.5) * _cell), Top + side + 18, _names[row], Paint.Ink);
            for (int column = 0; column < classes; column++)
            {
                double share = total == 0 ? 0 : (double)_matrix[row, column] / total, x = _left + (column * _cell);
                canvas.Rectangle(x + 1, y + 1, _cell - 2, _cell - 2, Paint.Faint, 0.35);
                canvas.Rectangle(x + 1, y + 1, _cell - 2, _cell - 2, Paint.OfSeries(row == column ? 0 : 1), share == 0 ? 0 : 0.15 + (0.85 * share));
                canvas.Text(x + (_cell / 2.0), y + (_cell / 2.0) + 4, _matrix[row, column].ToString(CultureInfo.InvariantCulture), share > 0.5 ? Paint.OnAccent : Paint.Ink);
            }
        }
    }
}
