namespace NetCompiler;

/// <summary>The colours that the light and the dark theme give to paints.</summary>
internal static class Palette
{
    // The series' colours have a contrast of at least 3 on white and on nearly black; neighbours differ in lightness too, for the colour-blind.
    private static readonly (string Name, int Light, int Dark)[] Colours =
    [
        ("paper", 0xFFFFFF, 0x0D1117),
        ("ink", 0x24292F, 0xE6EDF3),
        ("faint", 0xD0D7DE, 0x3D444D),
        ("s0", 0x2F7FD1, 0x2F7FD1),
        ("s1", 0xD9692B, 0xD9692B),
        ("s2", 0x2E9B5B, 0x2E9B5B),
        ("s3", 0xC8508A, 0xC8508A),
        ("s4", 0x8A6FD1, 0x8A6FD1),
        ("s5", 0xA3841A, 0xA3841A),
        ("s6", 0x1F9AA8, 0x1F9AA8),
        ("s7", 0x85807A, 0x85807A),
    ];

    /// <summary>The colour of a paint.</summary>
    public static int Rgb(Paint paint, bool isDark)
    {
        if (paint.Name is null)
        {
            return paint.Rgb;
        }

        (_, int light, int dark) = Array.Find(Colours, colour => colour.Name == paint.Name);
        return isDark ? dark : light;
    }

    /// <summary>Style rules with one class per paint, inside <c>.plot</c>: those of a theme, or of the light one and, where they differ, of a page's dark scheme.</summary>
    public static string ToCss(PictureTheme theme)
    {
        string all = string.Join(' ', Colours.Select(colour => Rule(colour.Name, theme == PictureTheme.Dark ? colour.Dark : colour.Light)));
        return theme != PictureTheme.Auto
            ? all
            : $"{all} @media (prefers-color-scheme:dark){{{string.Join(' ', Colours.Where(colour => colour.Light != colour.Dark).Select(colour => Rule(colour.Name, colour.Dark)))}}}";
    }

    private static string Rule(string name, int colour) => FormattableString.Invariant($".plot .{name}{{color:#{colour:x6}}}");
}
