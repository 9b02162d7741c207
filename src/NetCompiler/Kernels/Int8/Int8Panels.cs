using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Rounds weights to 8 bits for inference, each column to whole multiples, from -127 to 127, of a number of its own: 1 / 127 of the largest magnitude in the column. Panels of 32
/// columns: the 32 multiples' units as floats, the 32 sums of the column's integers, then [rows / 4][32] elements of 32 bits, each with four rows of a column, the first in the lowest byte.
/// Columns and rows that are not there are zero.
/// </summary>
/// <remarks>
/// Rounded to the nearest, ties to even, which is off by 1 / 254 of the column's largest magnitude at most. A column with a NaN or an infinity has the unit NaN, so that every
/// product with it is NaN; one without a magnitude of at least 127 / <see cref="float.MaxValue"/> (3.7e-37) is zero.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Int8Panels
{
    internal const int PanelWidth = 32, Header = 2 * PanelWidth, Quad = 4;

    private const int Block = 16, Lanes = 4, Most = 127;

    /// <summary>The 32-bit elements of a panel of so many rows.</summary>
    internal static int LengthOf(int rows) => Header + ((rows + Quad - 1) / Quad * PanelWidth);

    /// <summary>From panels of floats, [columns / 32][rows][32] with the last panel 16 or 32 wide.</summary>
    /// <param name="source">The first panel.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="destination">The first panel of integers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromPanels(ref float source, int rows, int columns, ref float destination)
    {
        int padded = (columns + Block - 1) / Block * Block;
        for (int panel = 0; panel < padded; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, padded - panel);
            Round(ref Unsafe.Add(ref source, (nint)panel * rows), width, rows, Math.Min(width, columns - panel), ref Unsafe.Add(ref destination, (nint)(panel / PanelWidth) * LengthOf(rows)));
        }
    }

    /// <summary>From rows of floats: value (row, column) is <paramref name="source"/>[row * <paramref name="stride"/> + column].</summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">The floats between rows there, at least the columns.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix.</param>
    /// <param name="destination">The first panel of integers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows(ref float source, int stride, int rows, int columns, ref float destination)
    {
        for (int panel = 0; panel < columns; panel += PanelWidth)
        {
            Round(ref Unsafe.Add(ref source, panel), stride, rows, Math.Min(PanelWidth, columns - panel), ref Unsafe.Add(ref destination, (nint)(panel / PanelWidth) * LengthOf(rows)));
        }
    }

    // One panel: the largest magnitudes of its columns, then four rows at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ref float source, int stride, int rows, int columns, ref float destination)
    {
        Span<Vector128<float>> factors = stackalloc Vector128<float>[PanelWidth / Lanes];
        factors.Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int group = 0; group < factors.Length; group++)
            {
                // Max keeps a NaN.
                factors[group] = Vector128.Max(factors[group], Vector128.Abs(Some(ref Unsafe.Add(ref source, (nint)row * stride), group * Lanes, columns)));
            }
        }

        Span<Vector128<int>> sums = stackalloc Vector128<int>[PanelWidth / Lanes];
        sums.Clear();
        ref int quads = ref Unsafe.As<float, int>(ref Unsafe.Add(ref destination, Header));
        for (int group = 0; group < factors.Length; group++)
        {
            Vector128<float> largest = factors[group], inverse = Vector128.Create((float)Most) / largest;
            Vector128<float> isZero = Vector128.Equals(inverse, Vector128.Create(float.PositiveInfinity)), isFinite = Vector128.LessThan(largest, Vector128.Create(float.PositiveInfinity));
            Vector128<float> units = Vector128.ConditionalSelect(isFinite, Vector128.AndNot(largest / Vector128.Create((float)Most), isZero), Vector128.Create(float.NaN));
            units.StoreUnsafe(ref destination, (nuint)(group * Lanes));
            factors[group] = Vector128.AndNot(inverse, isZero) & isFinite;
        }

        for (int row = 0; row < rows; row += Quad)
        {
            for (int group = 0; group < factors.Length; group++)
            {
                Vector128<int> quad = Vector128<int>.Zero;
                for (int part = 0; part < Math.Min(Quad, rows - row); part++)
                {
                    Vector128<int> rounded = Rounding.ToInteger(Some(ref Unsafe.Add(ref source, (nint)(row + part) * stride), group * Lanes, columns) * factors[group]);
                    sums[group] += rounded;
                    quad |= (rounded & Vector128.Create(0xFF)) << (8 * part);
                }

                quad.StoreUnsafe(ref quads, (nuint)(group * Lanes));
            }

            quads = ref Unsafe.Add(ref quads, PanelWidth);
        }

        for (int group = 0; group < sums.Length; group++)
        {
            sums[group].StoreUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref destination, PanelWidth)), (nuint)(group * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Some(ref float source, int first, int columns) => first + Lanes <= columns
        ? Vector128.LoadUnsafe(ref source, (nuint)first)
        : Vector128.Create(At(ref source, first, columns), At(ref source, first + 1, columns), At(ref source, first + 2, columns), At(ref source, first + 3, columns));

    private static float At(ref float source, int column, int columns) => column < columns ? Unsafe.Add(ref source, column) : 0;
}
