using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler;

/// <summary>Moves packed weights into the layouts that backward products read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedWeights
{
    private const int Block = 16;
    private const int PanelWidth = 32;

    /// <summary>From panels of 32 columns, [columns / 32][rows][32] with the last panel 16 or 32 wide, to rows; what lies between them becomes 0.</summary>
    /// <param name="source">The first panel.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="stride">The floats between rows of the destination, at least the columns.</param>
    /// <param name="destination">The first row.</param>
    public static void ToRows(ref float source, int rows, int columns, int stride, ref float destination)
    {
        MemoryMarshal.CreateSpan(ref destination, rows * stride).Clear();
        for (int panel = 0; panel < columns; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, Pad(columns) - panel), values = Math.Min(width, columns - panel);
            for (int row = 0; row < rows; row++)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref source, ((nint)panel * rows) + ((nint)row * width)), values)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, ((nint)row * stride) + panel), values));
            }
        }
    }

    /// <summary>From rows to panels of 32 columns, [columns / 32][rows][32] with the last panel 16 or 32 wide, padded with zeros.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="stride">The floats between rows of the source.</param>
    /// <param name="destination">The first panel: rows times the columns rounded up to 16.</param>
    public static void ToPanels(ref float source, int rows, int columns, int stride, ref float destination)
    {
        for (int panel = 0; panel < columns; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, Pad(columns) - panel), values = Math.Min(width, columns - panel);
            for (int row = 0; row < rows; row++)
            {
                Span<float> target = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, ((nint)panel * rows) + ((nint)row * width)), width);
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref source, ((nint)row * stride) + panel), values).CopyTo(target);
                target[values..].Clear();
            }
        }
    }

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

    private static int Pad(int columns) => (columns + Block - 1) / Block * Block;
}
