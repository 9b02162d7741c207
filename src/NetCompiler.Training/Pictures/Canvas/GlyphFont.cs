using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>
/// The built-in font, Arimo: its advances measure texts of every canvas (Arial and Liberation Sans have the same), its outlines draw those of bitmaps.
/// Latin, Greek and Cyrillic letters and the signs of mathematics; other letters are drawn as U+FFFD.
/// </summary>
internal static class GlyphFont
{
    private const double UnitsPerEm = 1000;
    private const int Unknown = 0xFFFD;
    private const int FirstWide = 0x2E80;
    private const int CurvePieces = 4;

    private static readonly Lazy<Dictionary<int, Glyph>> Glyphs = new(Read);

    /// <summary>The width of a text in pixels.</summary>
    public static double Width(string text, double size)
    {
        double units = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            units += Advance(rune.Value);
        }

        return units * size / UnitsPerEm;
    }

    /// <summary>The text, or as much of its start as fits, with an ellipsis.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 1 && Width(text[..length] + "…", size) > width)
        {
            length--;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd() + "…";
    }

    /// <summary>Walks the contours of a text whose baseline starts at the origin; y grows downwards.</summary>
    public static void Outline(string text, double size, Action<double, double, double, double> edge)
    {
        double pen = 0, scale = size / UnitsPerEm;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Glyph glyph = Glyphs.Value.TryGetValue(rune.Value, out Glyph? known) ? known : Glyphs.Value[Unknown];
            foreach ((double x1, double y1, double x2, double y2) in glyph.Edges)
            {
                edge((pen + x1) * scale, y1 * scale, (pen + x2) * scale, y2 * scale);
            }

            pen += Advance(rune.Value);
        }
    }

    private static double Advance(int character)
        => Glyphs.Value.TryGetValue(character, out Glyph? glyph) ? glyph.Advance : character >= FirstWide ? UnitsPerEm : Glyphs.Value[Unknown].Advance;

    private static Dictionary<int, Glyph> Read()
    {
        using Stream file = typeof(GlyphFont).Assembly.GetManifestResourceStream("NetCompiler.Arimo.glyphs.txt")
            ?? throw new InvalidOperationException("The font is missing from the assembly NetCompiler.Training.");
        using StreamReader reader = new(file, Encoding.ASCII);
        Dictionary<int, Glyph> glyphs = [];
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] parts = line.Split(' ', 3);
                int advance = int.Parse(parts[1], CultureInfo.InvariantCulture);
                glyphs.Add(int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), new Glyph(advance, parts.Length < 3 ? [] : Edges(parts[2])));
            }
        }

        return glyphs;
    }

    /// <summary>Straight pieces of contours in the words of SVG paths: M, L and Q with places.</summary>
    private static (double X1, double Y1, double X2, double Y2)[] Edges(string path)
    {
        List<(double, double, double, double)> edges = [];
        double x = 0, y = 0;
        for (int i = 0; i < path.Length;)
        {
            int end = i + 1;
            while (end < path.Length && !char.IsAsciiLetter(path[end]))
            {
                end++;
            }

            double[] at = [.. path[(i + 1)..end].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            int pieces = path[i] switch { 'M' => 0, 'L' => 1, _ => CurvePieces };
            double fromX = x, fromY = y;
            for (int piece = 1; piece <= pieces; piece++)
            {
                double t = (double)piece / pieces, s = 1 - t;
                double nextX = pieces == 1 ? at[0] : (s * s * fromX) + (2 * s * t * at[0]) + (t * t * at[2]);
                double nextY = pieces == 1 ? at[1] : (s * s * fromY) + (2 * s * t * at[1]) + (t * t * at[3]);
                edges.Add((x, y, nextX, nextY));
                (x, y) = (nextX, nextY);
            }

            (x, y) = (at[^2], at[^1]);
            i = end;
        }

        return [.. edges];
    }

    private sealed record Glyph(int Advance, (double X1, double Y1, double X2, double Y2)[] Edges);
}
