using System.Numerics;

namespace Samples.Data.Drawing;

/// <summary>
/// Draws one digit as a hand might: a style, a slant, a size and a place at random, a wavering line, a pen of random width, specks
/// and paper grain. The same seed and number give the same image.
/// </summary>
public static class DigitPainter
{
    /// <summary>The width and height of an image in pixels.</summary>
    public const int Size = 28;

    /// <summary>The number of pixels of an image.</summary>
    public const int PixelCount = Size * Size;

    /// <summary>Draws a digit into <paramref name="pixels"/>, values from 0 to 1.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="seed">The seed of everything random in this image.</param>
    /// <param name="pixels">28 x 28 values.</param>
    public static void Draw(int digit, int seed, Span<float> pixels)
    {
        var random = new Random(seed);
        pixels.Clear();
        var canvas = new PixelCanvas(pixels, Size);
        IReadOnlyList<GlyphStroke[]> styles = Glyphs.Digits[digit];
        Matrix3x2 place = RandomPlace(random);
        Waver waver = Waver.Create(random);
        float width = Between(random, 1.4f, 3.4f), ink = Between(random, 0.7f, 1);
        foreach (GlyphStroke stroke in styles[random.Next(styles.Count)])
        {
            Vector2 last = Vector2.Transform(waver.Move(stroke.Points[0]), place);
            foreach (Vector2 point in stroke.Points.Skip(1))
            {
                Vector2 next = Vector2.Transform(waver.Move(point), place);
                canvas.DrawSegment(last, next, width, ink);
                last = next;
            }
        }

        AddSpecks(random, canvas);
        AddGrain(random, pixels);
    }

    /// <summary>From the unit square to pixels: size, slant, rotation, then a place near the middle.</summary>
    private static Matrix3x2 RandomPlace(Random random)
    {
        float height = Between(random, 15, 22), width = height * Between(random, 0.55f, 0.95f);
        return Matrix3x2.CreateTranslation(-0.5f, -0.5f)
            * Matrix3x2.CreateScale(width, height)
            * Matrix3x2.CreateSkew(Between(random, -0.35f, 0.25f), 0)
            * Matrix3x2.CreateRotation(Between(random, -0.25f, 0.25f))
            * Matrix3x2.CreateTranslation((Size / 2f) + Between(random, -2.5f, 2.5f), (Size / 2f) + Between(random, -2.5f, 2.5f));
    }

    /// <summary>A few short strokes that belong to no digit.</summary>
    private static void AddSpecks(Random random, PixelCanvas canvas)
    {
        for (int count = random.Next(3); count > 0; count--)
        {
            var start = new Vector2(Between(random, 0, Size), Between(random, 0, Size));
            var move = new Vector2(Between(random, -4, 4), Between(random, -4, 4));
            canvas.DrawSegment(start, start + move, Between(random, 0.8f, 2), Between(random, 0.3f, 0.9f));
        }
    }

    private static void AddGrain(Random random, Span<float> pixels)
    {
        float strength = Between(random, 0, 0.15f);
        for (int i = 0; i < pixels.Length; i++)
        {
            // The sum of three uniform numbers is close enough to a normal one.
            float noise = random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f;
            pixels[i] = Math.Clamp(pixels[i] + (2 * strength * noise), 0, 1);
        }
    }

    private static float Between(Random random, float low, float high) => low + ((high - low) * random.NextSingle());

    /// <summary>A smooth displacement of the unit square: slow waves along both axes.</summary>
    private readonly record struct Waver(Vector2 Strength, Vector2 Frequency, Vector2 Phase)
    {
        public static Waver Create(Random random) => new(
            new Vector2(Between(random, 0, 0.09f), Between(random, 0, 0.07f)),
            new Vector2(Between(random, 3, 7), Between(random, 3, 7)),
            new Vector2(Between(random, 0, 6.3f), Between(random, 0, 6.3f)));

        public Vector2 Move(Vector2 point) => point + new Vector2(
            Strength.X * MathF.Sin((Frequency.X * point.Y) + Phase.X),
            Strength.Y * MathF.Sin((Frequency.Y * point.X) + Phase.Y));
    }
}
