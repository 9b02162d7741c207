namespace NetCompiler.Generators.Schedule.Memory;

/// <summary>
/// Integers of 8 bits, four rows of a matrix, or four values of a row, in an element of 32 bits. A panel of 32 columns begins with their units and their sums; a row ends with its
/// step and its zero. As the runtime's Int8Panels and Int8Rows say.
/// </summary>
internal static class Int8Layout
{
    /// <summary>The values in an element.</summary>
    public const int Quad = 4;

    /// <summary>The elements of a panel before its integers.</summary>
    public const int Header = 2 * TilingPolicy.PanelWidth;

    /// <summary>The elements of the range that rows of one place are rounded by.</summary>
    public const int Range = 16;

    private const int Trailer = 2;

    /// <summary>The elements that hold so many values.</summary>
    public static int Quads(int values) => (values + Quad - 1) / Quad;

    /// <summary>The elements of a panel of so many rows.</summary>
    public static int PanelLength(int rows) => Header + (Quads(rows) * TilingPolicy.PanelWidth);

    /// <summary>The elements of a matrix.</summary>
    public static int MatrixLength(int rows, int columns) => (columns + TilingPolicy.PanelWidth - 1) / TilingPolicy.PanelWidth * PanelLength(rows);

    /// <summary>The elements from row to row of so many values.</summary>
    public static int RowStride(int values) => TilingPolicy.Align(Quads(values) + Trailer);
}
