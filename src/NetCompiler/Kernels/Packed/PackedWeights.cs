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

    /// <summary>
    /// From the panels of a convolution's weights, [filters / 32][y][x][c][32 filters], to panels of channels, [channels / 32][x][y][n][32 channels],
    /// which the gradient of its image reads. Filters and channels are padded to a multiple of 16 there, with zeros; a last panel may be 16 wide.
    /// </summary>
    /// <param name="source">The first panel.</param>
    /// <param name="height">The rows of the window, y.</param>
    /// <param name="width">The columns of the window, x.</param>
    /// <param name="channels">The channels, c.</param>
    /// <param name="filters">The filters, n, without padding.</param>
    /// <param name="destination">A block of the window's size times the padded filters times the padded channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToChannels(ref float source, int height, int width, int channels, int filters, ref float destination)
    {
        int taps = height * width, paddedFilters = Pad(filters), paddedChannels = Pad(channels);
        for (int tap = 0; tap < taps; tap++)
        {
            int moved = (tap % width * height) + (tap / width);
            for (int filter = 0; filter < paddedFilters; filter += PanelWidth)
            {
                int filterWidth = Math.Min(PanelWidth, paddedFilters - filter);
                ref float from = ref Unsafe.Add(ref source, ((nint)filter * taps * channels) + ((nint)tap * channels * filterWidth));
                for (int channel = 0; channel < paddedChannels; channel += PanelWidth)
                {
                    int channelWidth = Math.Min(PanelWidth, paddedChannels - channel), there = Math.Min(channelWidth, channels - channel);
                    ref float block = ref Unsafe.Add(ref from, (nint)channel * filterWidth);
                    ref float to = ref Unsafe.Add(ref destination, ((nint)channel * taps * paddedFilters) + ((((nint)moved * paddedFilters) + filter) * channelWidth));
                    ToPanel(ref block, filterWidth, there, ref to, channelWidth);
                }
            }
        }
    }

    // Some channels of some filters; channels that are not there become zeros.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToPanel(ref float source, int filters, int channels, ref float destination, int width)
    {
        int whole = channels / Block * Block;
        if (whole > 0)
        {
            TransposeKernel.Transpose(ref source, filters, ref destination, width, whole, filters);
        }

        for (int filter = 0; whole < width && filter < filters; filter++)
        {
            for (int channel = whole; channel < width; channel++)
            {
                Unsafe.Add(ref destination, ((nint)filter * width) + channel) = channel < channels ? Unsafe.Add(ref source, ((nint)channel * filters) + filter) : 0;
            }
        }
    }
}
