namespace NetCompiler.Generators.Schedule.Memory;

/// <summary>
/// The columns of a matrix in pairs of bfloat16: an element of 32 bits holds in its lower half the value of a column of the panel's first half, in its upper half the
/// value 16 columns behind it. Whatever the width, one load gives two vectors of floats: shifted up, and as it is, its lower bits being the other value.
/// </summary>
internal static class NarrowPanels
{
    /// <summary>The elements of a row of a panel.</summary>
    public const int Pairs = TilingPolicy.PanelWidth / 2;

    /// <summary>The elements from the start of the matrix to the one with a column of the first row.</summary>
    public static int OffsetOf(int column, int rows) => (column / TilingPolicy.PanelWidth * Pairs * rows) + (column % Pairs);

    /// <summary>Whether a column lies in the upper halves.</summary>
    public static bool IsHigh(int column) => column % TilingPolicy.PanelWidth >= Pairs;
}
