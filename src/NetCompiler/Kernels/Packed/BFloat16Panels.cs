using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Rounds weights to bfloat16 for inference, in pairs: panels of 32 columns, [columns / 32][rows][16 elements of 32 bits], each with the value of column j of the panel in its
/// lower half and that of column j + 16 in its upper half. Columns that are not there are zero.
/// </summary>
/// <remarks>
/// A bfloat16 is the upper half of a float: the same sign and exponent, 7 of 23 bits of the fraction. Rounded to the nearest, ties to even, which is off by 2^-9 of the value
/// at most; what lies beyond the largest one becomes infinite, infinities and NaN stay what they are.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BFloat16Panels
{
    private const int PanelWidth = 32, Pairs = 16, Block = 16;

    /// <summary>From panels of floats, [columns / 32][rows][32] with the last panel 16 or 32 wide.</summary>
    /// <param name="source">The first panel.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="destination">The first panel of pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromPanels(ref float source, int rows, int columns, ref float destination)
    {
        int padded = (columns + Block - 1) / Block * Block;
        for (int panel = 0; panel < padded; panel += PanelWidth)
        {
            int width = Math.Min(PanelWidth, padded - panel);
            Narrow(ref Unsafe.Add(ref source, (nint)panel * rows), width, rows, Math.Min(width, columns - panel), ref Unsafe.Add(ref destination, (nint)panel / PanelWidth * Pairs * rows));
        }
    }

    /// <summary>From rows of floats: value (row, column) is <paramref name="source"/>[row * <paramref name="stride"/> + column].</summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">The floats between rows there, at least the columns.</param>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix.</param>
    /// <param name="destination">The first panel of pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows(ref float source, int stride, int rows, int columns, ref float destination)
    {
        for (int panel = 0; panel < columns; panel += PanelWidth)
        {
            Narrow(ref Unsafe.Add(ref source, panel), stride, rows, Math.Min(PanelWidth, columns - panel), ref Unsafe.Add(ref destination, (nint)panel / PanelWidth * Pairs * rows));
        }
    }

    /// <summary>A value as bfloat16: the upper half of the float nearest to it that has no other bits.</summary>
    public static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((float.IsNaN(value) ? bits | QuietBit : bits + HalfLess + ((bits >> 16) & 1)) >> 16);
    }

    // A fraction of a NaN whose bits are all in the lower half would leave an infinity; half of the last place less one, plus the last bit itself, carries ties to even alone.
    private const uint QuietBit = 0x0040_0000, HalfLess = 0x7FFF;

    // One panel: whole ones in vectors, others value by value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ref float source, int stride, int rows, int columns, ref float destination)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int pair = 0; pair < Pairs; pair += 4)
            {
                Vector128<uint> low, high;
                if (columns == PanelWidth)
                {
                    low = Rounded(Vector128.LoadUnsafe(ref source, (nuint)pair));
                    high = Rounded(Vector128.LoadUnsafe(ref source, (nuint)(pair + Pairs)));
                }
                else
                {
                    low = Rounded(Some(ref source, pair, columns));
                    high = Rounded(Some(ref source, pair + Pairs, columns));
                }

                ((low >>> 16) | (high & Vector128.Create(0xFFFF0000u))).AsSingle().StoreUnsafe(ref destination, (nuint)pair);
            }

            source = ref Unsafe.Add(ref source, stride);
            destination = ref Unsafe.Add(ref destination, Pairs);
        }
    }

    private static Vector128<float> Some(ref float source, int first, int columns) =>
        Vector128.Create(At(ref source, first, columns), At(ref source, first + 1, columns), At(ref source, first + 2, columns), At(ref source, first + 3, columns));

    private static float At(ref float source, int column, int columns) => column < columns ? Unsafe.Add(ref source, column) : 0;

    // As Round, the result in the upper halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rounded(Vector128<float> value)
    {
        Vector128<uint> bits = value.AsUInt32();
        return Vector128.ConditionalSelect(Vector128.Equals(value, value).AsUInt32(), bits + Vector128.Create(HalfLess) + ((bits >>> 16) & Vector128<uint>.One), bits | Vector128.Create(QuietBit));
    }
}
