using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>Moves packed weights into the layouts that backward products read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedWeights
{
    private const int Block = 16;
    private const int PanelWidth = 32;

    /// <summary>
    /// From panels of 32 columns, [columns / 32][rows][32] with the last panel 16 or 32 wide, to one row per column: value (row, column) goes to
    /// <paramref name="destination"/>[column * <paramref name="stride"/> + row]. Columns of padding, zeros, go along.
    /// </summary>
    /// <param name="source">The first panel.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="destination">A block of the columns, rounded up to 16, times the stride.</param>
    /// <param name="stride">The floats between columns there, at least the rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToColumns(ref float source, int rows, int columns, ref float destination, int stride)
    {
        int padded = Pad(columns), wholeRows = rows / Block * Block;
        for (int panel = 0; panel < padded; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, padded - panel);
            ref float from = ref Unsafe.Add(ref source, (nint)panel * rows);
            ref float to = ref Unsafe.Add(ref destination, (nint)panel * stride);
            if (wholeRows > 0)
            {
                TransposeKernel.Transpose(ref from, width, ref to, stride, wholeRows, width);
            }

            for (int row = wholeRows; row < rows; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    Unsafe.Add(ref to, ((nint)column * stride) + row) = Unsafe.Add(ref from, ((nint)row * width) + column);
                }
            }
        }
    }

    /// <summary>
    /// From panels to rows: value (row, column) goes to <paramref name="destination"/>[row * <paramref name="stride"/> + column]. Columns of padding go along.
    /// </summary>
    /// <param name="source">The first panel.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="destination">The rows times the stride.</param>
    /// <param name="stride">The floats between rows there, at least the columns rounded up to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows(ref float source, int rows, int columns, ref float destination, int stride)
    {
        int padded = Pad(columns);
        for (int panel = 0; panel < padded; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, padded - panel);
            ref float from = ref Unsafe.Add(ref source, (nint)panel * rows);
            ref float to = ref Unsafe.Add(ref destination, panel);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < width; column += 4)
                {
                    Vector128.LoadUnsafe(ref from, (nuint)column).StoreUnsafe(ref to, (nuint)column);
                }

                from = ref Unsafe.Add(ref from, width);
                to = ref Unsafe.Add(ref to, stride);
            }
        }
    }

    /// <summary>
    /// From rows to panels, the columns of padding zero: what <paramref name="source"/>[row * <paramref name="stride"/> + column] holds takes the place of the value (row, column),
    /// or is added to it.
    /// </summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">The floats between rows there, at least the columns.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="destination">The first panel.</param>
    /// <param name="accumulate">Whether to add to what is there, padding excepted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows(ref float source, int stride, int rows, int columns, ref float destination, bool accumulate)
    {
        int padded = Pad(columns);
        for (int panel = 0; panel < padded; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, padded - panel), there = Math.Min(width, columns - panel);
            ref float from = ref Unsafe.Add(ref source, panel);
            ref float to = ref Unsafe.Add(ref destination, (nint)panel * rows);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    float value = column < there ? Unsafe.Add(ref from, column) : 0;
                    Unsafe.Add(ref to, column) = accumulate ? Unsafe.Add(ref to, column) + value : value;
                }

                from = ref Unsafe.Add(ref from, stride);
                to = ref Unsafe.Add(ref to, width);
            }
        }
    }

    private static int Pad(int columns) => (columns + Block - 1) / Block * Block;
}
