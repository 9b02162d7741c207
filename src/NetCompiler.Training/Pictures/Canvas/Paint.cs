namespace NetCompiler;

/// <summary>A colour of a picture: one that the light or dark theme gives, or a fixed one.</summary>
/// <param name="Name">The theme's name for it; null for a fixed colour.</param>
/// <param name="Rgb">The fixed colour: red, green and blue from the highest byte down.</param>
internal readonly record struct Paint(string? Name, int Rgb)
{
    /// <summary>The number of different colours of series, after which they repeat.</summary>
    public const int SeriesColours = 8;

    /// <summary>The ground.</summary>
    public static Paint Paper => new("paper", 0);

    /// <summary>Text and axes.</summary>
    public static Paint Ink => new("ink", 0);

    /// <summary>Grid lines and empty cells.</summary>
    public static Paint Faint => new("faint", 0);

    /// <summary>The paint of a series.</summary>
    public static Paint OfSeries(int index) => new(FormattableString.Invariant($"s{index % SeriesColours}"), 0);

    /// <summary>A colour that is the same in both themes.</summary>
    public static Paint Fixed((byte Red, byte Green, byte Blue) colour) => new(null, (colour.Red << 16) | (colour.Green << 8) | colour.Blue);
}
