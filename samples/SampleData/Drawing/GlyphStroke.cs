using System.Numerics;

namespace Samples.Data.Drawing;

/// <summary>One movement of the pen as a line through points. Glyphs live in the unit square, y downwards.</summary>
/// <param name="Points">The points in order.</param>
public sealed record GlyphStroke(IReadOnlyList<Vector2> Points)
{
    // Enough for a curve to look round at 28 pixels.
    private const int CurveSegments = 14;

    /// <summary>Straight lines through points given as x, y, x, y, ...</summary>
    public static GlyphStroke Line(params ReadOnlySpan<float> coordinates)
    {
        var points = new Vector2[coordinates.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Vector2(coordinates[2 * i], coordinates[(2 * i) + 1]);
        }

        return new GlyphStroke(points);
    }

    /// <summary>A part of an ellipse between two angles in degrees, clockwise from the positive x axis (y points down).</summary>
    public static GlyphStroke Arc(float centreX, float centreY, float radiusX, float radiusY, float from, float to)
    {
        var points = new Vector2[CurveSegments + 1];
        for (int i = 0; i < points.Length; i++)
        {
            (float sine, float cosine) = MathF.SinCos((from + ((to - from) * i / CurveSegments)) * MathF.PI / 180);
            points[i] = new Vector2(centreX + (radiusX * cosine), centreY + (radiusY * sine));
        }

        return new GlyphStroke(points);
    }

    /// <summary>A cubic Bezier curve.</summary>
    public static GlyphStroke Curve(Vector2 start, Vector2 control1, Vector2 control2, Vector2 end)
    {
        var points = new Vector2[CurveSegments + 1];
        for (int i = 0; i < points.Length; i++)
        {
            float t = (float)i / CurveSegments, s = 1 - t;
            points[i] = (s * s * s * start) + (3 * s * s * t * control1) + (3 * s * t * t * control2) + (t * t * t * end);
        }

        return new GlyphStroke(points);
    }

    /// <summary>The same movement continued by another.</summary>
    public GlyphStroke Then(GlyphStroke next) => new([.. Points, .. next.Points]);
}
