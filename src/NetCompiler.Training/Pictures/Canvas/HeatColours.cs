namespace NetCompiler;

/// <summary>
/// The colours of values. Signed ones fade out towards the middle, so that light and dark grounds show through, from blue to orange; unsigned ones are
/// viridis (Smith and van der Walt 2015). Both are told apart by the colour-blind. NaN is grey.
/// </summary>
internal static class HeatColours
{
    private const double StrongestOpacity = 0.9;
    private const double RegionOpacity = 0.55;
    private const double MissingOpacity = 0.5;

    private static readonly (byte, byte, byte) Missing = (0x80, 0x80, 0x80);
    private static readonly (byte, byte, byte) Below = (0x2F, 0x7F, 0xD1);
    private static readonly (byte, byte, byte) Above = (0xD9, 0x69, 0x2B);

    private static readonly int[] Viridis = [0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725];

    // Of about the same lightness throughout, so that each end is seen on light and on dark ground.
    private static readonly int[] Lines = [0x2F7FD1, 0x6F72C4, 0xA8649C, 0xC86268, 0xD9692B];

    /// <summary>Pixels of values in rows from the top; what is below the middle is blue, above it orange, as strong as its distance.</summary>
    public static byte[] Signed(IReadOnlyList<float> values, double middle, double reach, bool isRegion = false)
    {
        byte[] pixels = new byte[4 * values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            double distance = values[i] - middle;
            if (double.IsNaN(distance))
            {
                Write(pixels, i, Missing, MissingOpacity);
                continue;
            }

            double strength = reach == 0 ? 0 : Math.Min(1, Math.Abs(distance) / reach);
            Write(pixels, i, distance < 0 ? Below : Above, strength * (isRegion ? RegionOpacity : StrongestOpacity));
        }

        return pixels;
    }

    /// <summary>Pixels of values in rows from the top, from the darkest for the least to the brightest for the most.</summary>
    public static byte[] Unsigned(IReadOnlyList<float> values, double least, double most)
    {
        byte[] pixels = new byte[4 * values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            if (float.IsNaN(values[i]))
            {
                Write(pixels, i, Missing, MissingOpacity);
                continue;
            }

            double share = most == least ? 0 : (values[i] - least) / (most - least);
            Write(pixels, i, Between(Viridis, share), 1);
        }

        return pixels;
    }

    /// <summary>Pixels of class numbers in rows from the top, in the colours of the series.</summary>
    public static byte[] Classes(IReadOnlyList<int> classes)
    {
        byte[] pixels = new byte[4 * classes.Count];
        for (int i = 0; i < classes.Count; i++)
        {
            int rgb = Palette.Rgb(Paint.OfSeries(classes[i]), isDark: false);
            Write(pixels, i, Bytes(rgb), 0.35);
        }

        return pixels;
    }

    /// <summary>The colour of a line, from blue at 0 to orange at 1.</summary>
    public static Paint OfLine(double share) => Paint.Fixed(Between(Lines, share));

    private static (byte Red, byte Green, byte Blue) Between(int[] stops, double share)
    {
        double at = Math.Clamp(share, 0, 1) * (stops.Length - 1);
        int stop = Math.Min((int)at, stops.Length - 2);
        (byte Red, byte Green, byte Blue) from = Bytes(stops[stop]), to = Bytes(stops[stop + 1]);
        byte Mix(byte a, byte b) => (byte)Math.Round(a + ((b - a) * (at - stop)));
        return (Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue));
    }

    private static (byte, byte, byte) Bytes(int rgb) => ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    private static void Write(byte[] pixels, int index, (byte Red, byte Green, byte Blue) colour, double opacity)
    {
        pixels[4 * index] = colour.Red;
        pixels[(4 * index) + 1] = colour.Green;
        pixels[(4 * index) + 2] = colour.Blue;
        pixels[(4 * index) + 3] = (byte)Math.Round(255 * opacity);
    }
}
