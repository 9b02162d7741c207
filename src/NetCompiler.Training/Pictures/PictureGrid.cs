namespace NetCompiler;

/// <summary>Several pictures in rows and columns as one: panels that are compared.</summary>
public sealed class PictureGrid : Picture
{
    private const int TitleRoom = 40;

    private readonly Picture[] _pictures;
    private readonly int _columns;

    /// <summary>Puts pictures side by side.</summary>
    /// <param name="pictures">The panels, row after row.</param>
    /// <param name="columns">The number of panels in a row.</param>
    /// <param name="title">The line above all.</param>
    /// <exception cref="ArgumentException">There are no pictures.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is below 1.</exception>
    public PictureGrid(IReadOnlyList<Picture> pictures, int columns, string title = "")
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (pictures.Count == 0)
        {
            throw new ArgumentException("There are no pictures to put side by side.", nameof(pictures));
        }

        _pictures = [.. pictures];
        _columns = Math.Min(columns, pictures.Count);
        Title = title;
    }

    /// <inheritdoc/>
    public override int Width => Enumerable.Range(0, _columns).Sum(ColumnWidth);

    /// <inheritdoc/>
    public override int Height => Top + Enumerable.Range(0, Rows).Sum(RowHeight);

    private int Rows => (_pictures.Length + _columns - 1) / _columns;

    private int Top => Title.Length > 0 ? TitleRoom : 0;

    internal override void Draw(ICanvas canvas)
    {
        DrawTitle(canvas);
        for (int i = 0; i < _pictures.Length; i++)
        {
            double x = Enumerable.Range(0, i % _columns).Sum(ColumnWidth), y = Top + Enumerable.Range(0, i / _columns).Sum(RowHeight);
            _pictures[i].Draw(new ShiftedCanvas(canvas, x, y));
        }
    }

    private int ColumnWidth(int column) => _pictures.Where((_, i) => i % _columns == column).Max(picture => picture.Width);

    private int RowHeight(int row) => _pictures.Where((_, i) => i / _columns == row).Max(picture => picture.Height);
}
