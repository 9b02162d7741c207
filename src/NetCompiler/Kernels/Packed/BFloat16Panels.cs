using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetCompiler;

/// <summary>
/// Rounds weights to bfloat16 for inference, in pairs: panels of 32 columns, [columns / 32][rows][16 elements of 32 bits], each with the value of column j of the panel in its
/// lower half and that of column j + 16 in its upper half. Columns that are not there are zero before they are rounded.
/// </summary>
/// <remarks>
/// A bfloat16 is the upper half of a float: the same sign and exponent, 7 of 23 bits of the fraction. The lower value of a pair is <see cref="Round"/>, the nearest one. The upper
/// value is read as the float that the whole element is, so that nothing decodes it, and its lower bits are the other value: <see cref="RoundUpper"/> takes the nearest of those floats.
/// Either is off by 2^-8 of the value at most.
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

    /// <summary>A value as bfloat16: the upper half of the float nearest to it that has no other bits, of two the even one. What lies beyond the largest becomes infinite; infinities and NaN stay what they are.</summary>
    public static ushort Round(float value) => (ushort)(Rounded(Vector128.CreateScalar(value)).ToScalar() >> 16);

    /// <summary>
    /// A value as a float whose lower half is given: the nearest one, away from zero of two. No such float is zero or denormal, unless those bits are: what is smaller than 2^-100 becomes 2^-100 and
    /// up to twice that, which no sum notices. What lies beyond the largest becomes the largest; infinities and NaN become NaN.
    /// </summary>
    public static float RoundUpper(float value, ushort lower) => BitConverter.UInt32BitsToSingle(WithLower(Vector128.CreateScalar(value), Vector128.CreateScalar((uint)lower)).ToScalar());

    // A fraction of a NaN whose bits are all in the lower half would leave an infinity; half of the last place less one, plus the last bit itself, carries ties to even alone.
    private const uint QuietBit = 0x0040_0000, HalfLess = 0x7FFF;

    // In magnitudes: half of an upper half's last place, 2^-100, and the largest upper half of a number.
    private const int Half = 0x8000, Least = 0x0D80_0000, Most = 0x7F7F_0000;
    private const uint UpperHalf = 0xFFFF_0000, SignBit = 0x8000_0000;

    // One panel: whole ones in vectors, others value by value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ref float source, int stride, int rows, int columns, ref float destination)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int pair = 0; pair < Pairs; pair += 4)
            {
                Vector128<float> low, high;
                if (columns == PanelWidth)
                {
                    low = Vector128.LoadUnsafe(ref source, (nuint)pair);
                    high = Vector128.LoadUnsafe(ref source, (nuint)(pair + Pairs));
                }
                else
                {
                    low = Some(ref source, pair, columns);
                    high = Some(ref source, pair + Pairs, columns);
                }

                WithLower(high, Rounded(low) >>> 16).AsSingle().StoreUnsafe(ref destination, (nuint)pair);
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

    // As RoundUpper, as bits: the multiple of 2^16 nearest to the magnitude less its lower half, which may be negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> WithLower(Vector128<float> value, Vector128<uint> lower)
    {
        Vector128<uint> bits = value.AsUInt32(), magnitude = bits & Vector128.Create(~SignBit);
        Vector128<int> upper = (magnitude + Vector128.Create((uint)Half) - lower).AsInt32() & Vector128.Create(UpperHalf).AsInt32();
        Vector128<uint> nearest = Vector128.Min(Vector128.Max(upper, Vector128.Create(Least)), Vector128.Create(Most)).AsUInt32() | (bits & Vector128.Create(SignBit));
        Vector128<uint> isNumber = Vector128.Equals(value - value, Vector128<float>.Zero).AsUInt32();
        return lower | Vector128.ConditionalSelect(isNumber, nearest, (bits | Vector128.Create(QuietBit)) & Vector128.Create(UpperHalf));
    }
}
