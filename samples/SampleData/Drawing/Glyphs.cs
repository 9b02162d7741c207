using static Samples.Data.Drawing.GlyphStroke;

namespace Samples.Data.Drawing;

/// <summary>The ten digits, each in the several ways in which people write it.</summary>
public static class Glyphs
{
    /// <summary>The styles by digit; a style is the strokes of the pen.</summary>
    public static IReadOnlyList<IReadOnlyList<GlyphStroke[]>> Digits { get; } =
    [
        [
            [Arc(0.5f, 0.5f, 0.40f, 0.5f, 0, 360)],
            [Arc(0.5f, 0.5f, 0.30f, 0.5f, 0, 360)],
            [Arc(0.5f, 0.52f, 0.42f, 0.48f, -70, 310)],
        ],
        [
            [Line(0.5f, 0, 0.5f, 1)],
            [Line(0.28f, 0.24f, 0.52f, 0, 0.52f, 1)],
            [Line(0.28f, 0.24f, 0.52f, 0, 0.52f, 1), Line(0.25f, 1, 0.8f, 1)],
        ],
        [
            [Arc(0.48f, 0.28f, 0.40f, 0.28f, 195, 385).Then(Line(0.08f, 1, 0.95f, 1))],
            [Arc(0.45f, 0.28f, 0.38f, 0.28f, 180, 390).Then(Arc(0.25f, 0.88f, 0.2f, 0.12f, 200, 0)).Then(Line(0.95f, 0.98f))],
            [Line(0.08f, 0.05f, 0.7f, 0, 0.85f, 0.25f, 0.1f, 1, 0.95f, 0.95f)],
        ],
        [
            [Arc(0.45f, 0.25f, 0.38f, 0.25f, -155, 90), Arc(0.45f, 0.74f, 0.45f, 0.26f, -90, 155)],
            [Line(0.1f, 0, 0.88f, 0, 0.42f, 0.42f).Then(Arc(0.42f, 0.71f, 0.46f, 0.29f, -90, 150))],
            [Arc(0.4f, 0.24f, 0.42f, 0.24f, -120, 80), Arc(0.42f, 0.74f, 0.38f, 0.26f, -95, 140)],
        ],
        [
            [Line(0.25f, 0, 0.1f, 0.55f, 0.95f, 0.55f), Line(0.72f, 0.1f, 0.66f, 1)],
            [Line(0.7f, 1, 0.7f, 0, 0.05f, 0.66f, 0.98f, 0.66f)],
            [Line(0.12f, 0, 0.14f, 0.48f, 0.82f, 0.46f), Line(0.84f, 0, 0.8f, 1)],
        ],
        [
            [Line(0.88f, 0, 0.25f, 0, 0.18f, 0.45f).Then(Arc(0.45f, 0.69f, 0.43f, 0.31f, -125, 150))],
            [Line(0.22f, 0.04f, 0.2f, 0.42f).Then(Arc(0.4f, 0.7f, 0.45f, 0.3f, -110, 140)), Line(0.22f, 0.04f, 0.9f, 0)],
            [Arc(0.6f, 0.22f, 0.35f, 0.22f, -50, -200).Then(Arc(0.45f, 0.72f, 0.42f, 0.28f, -95, 160))],
        ],
        [
            [Curve(new(0.75f, 0), new(0.25f, 0.15f), new(0.08f, 0.5f), new(0.14f, 0.74f)), Arc(0.5f, 0.72f, 0.36f, 0.28f, 0, 360)],
            [Curve(new(0.55f, 0), new(0.15f, 0.3f), new(0.05f, 0.7f), new(0.2f, 0.9f)).Then(Arc(0.45f, 0.75f, 0.32f, 0.25f, 130, -190))],
            [Line(0.3f, 0, 0.16f, 0.7f), Arc(0.48f, 0.75f, 0.33f, 0.25f, 180, 540)],
        ],
        [
            [Line(0.05f, 0, 0.95f, 0, 0.4f, 1)],
            [Line(0.05f, 0.16f, 0.06f, 0, 0.92f, 0, 0.5f, 1)],
            [Line(0.05f, 0, 0.95f, 0, 0.4f, 1), Line(0.3f, 0.52f, 0.88f, 0.5f)],
            [Line(0.08f, 0.05f, 0.9f, 0.02f).Then(Curve(new(0.9f, 0.02f), new(0.7f, 0.3f), new(0.5f, 0.6f), new(0.52f, 1)))],
        ],
        [
            [Arc(0.5f, 0.25f, 0.32f, 0.25f, 0, 360), Arc(0.5f, 0.75f, 0.38f, 0.25f, 0, 360)],
            [Arc(0.55f, 0.24f, 0.33f, 0.24f, -30, -270).Then(Arc(0.5f, 0.74f, 0.36f, 0.26f, -80, 270)).Then(Line(0.85f, 0.1f))],
            [Arc(0.5f, 0.27f, 0.25f, 0.27f, 90, 450), Arc(0.5f, 0.77f, 0.3f, 0.23f, -90, 270)],
        ],
        [
            [Arc(0.48f, 0.28f, 0.36f, 0.28f, 0, 360), Line(0.84f, 0.2f, 0.78f, 1)],
            [Arc(0.46f, 0.27f, 0.34f, 0.27f, 0, 360), Curve(new(0.8f, 0.25f), new(0.85f, 0.6f), new(0.75f, 1), new(0.2f, 0.98f))],
            [Arc(0.45f, 0.28f, 0.36f, 0.26f, -40, -380), Curve(new(0.78f, 0.1f), new(0.8f, 0.4f), new(0.65f, 0.8f), new(0.55f, 1))],
        ],
    ];
}
