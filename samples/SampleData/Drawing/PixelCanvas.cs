using System.Numerics;

namespace Samples.Data.Drawing;

/// <summary>Draws strokes with soft edges on a small grey image: 0 is paper, 1 is ink.</summary>
/// <param name="pixels">The rows of the image, one after another; drawn over.</param>
/// <param name="size">The width and height in pixels.</param>
public readonly ref struct PixelCanvas(Span<float> pixels, int size)
{
    private readonly Span<float> _pixels = pixels;

    /// <summary>
    /// Draws a segment with round ends. A pixel takes the ink that a disc around its centre would be covered by: full inside, a linear
    /// ramp one pixel wide at the edge. Where strokes meet, the darker one counts.
    /// </summary>
    public void DrawSegment(Vector2 start, Vector2 end, float width, float ink)
    {
        float reach = (width / 2) + 1;
        int left = Clamp(MathF.Min(start.X, end.X) - reach), right = Clamp(MathF.Max(start.X, end.X) + reach);
        int top = Clamp(MathF.Min(start.Y, end.Y) - reach), bottom = Clamp(MathF.Max(start.Y, end.Y) + reach);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float distance = Distance(new Vector2(x + 0.5f, y + 0.5f), start, end);
                float coverage = Math.Clamp((width / 2) + 0.5f - distance, 0, 1);
                ref float pixel = ref _pixels[(y * size) + x];
                pixel = MathF.Max(pixel, coverage * ink);
            }
        }
    }

    private int Clamp(float position) => Math.Clamp((int)MathF.Floor(position), 0, size - 1);

    private static float Distance(Vector2 point, Vector2 start, Vector2 end)
    {
        Vector2 along = end - start;
        float length = along.LengthSquared();
        float t = length > 0 ? Math.Clamp(Vector2.Dot(point - start, along) / length, 0, 1) : 0;
        return Vector2.Distance(point, start + (t * along));
    }
}
