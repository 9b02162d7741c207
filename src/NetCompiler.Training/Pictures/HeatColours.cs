namespace NetCompiler;

/// <summary>The colours of a heat map: two colours that fade out towards the middle value, so that light and dark pages both show through.</summary>
internal static class HeatColours
{
    private const double StrongestOpacity = 150;

    private static ReadOnlySpan<byte> Below => [0x2F, 0x7F, 0xD1];

    private static ReadOnlySpan<byte> Above => [0xD9, 0x69, 0x2B];

    /// <summary>Pixels from the top row, which has the largest y, to the bottom row; NaN is transparent.</summary>
    public static byte[] Paint(IReadOnlyList<float> values, int columns, double middle)
    {
        int rows = values.Count / columns;
        double largest = values.Where(value => float.IsFinite(value)).Select(value => Math.Abs(value - middle)).DefaultIfEmpty(1).Max();
        byte[] pixels = new byte[4 * values.Count];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double distance = values[((rows - 1 - row) * columns) + column] - middle;
                Span<byte> pixel = pixels.AsSpan(4 * ((row * columns) + column), 4);
                (distance < 0 ? Below : Above).CopyTo(pixel);
                pixel[3] = largest == 0 || double.IsNaN(distance) ? (byte)0 : (byte)(StrongestOpacity * Math.Min(1, Math.Abs(distance) / largest));
            }
        }

        return pixels;
    }
}
