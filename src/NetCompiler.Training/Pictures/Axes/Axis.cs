namespace NetCompiler;

/// <summary>A range of values with round ticks, mapped onto pixels.</summary>
internal abstract class Axis(double pixelFrom, double pixelTo)
{
    /// <summary>The room that a label needs on a vertical axis, from one to the next.</summary>
    private const double VerticalRoom = 26;

    private const double HorizontalGap = 16;

    /// <summary>The ticks from the smallest to the largest.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; protected init; } = [];

    /// <summary>An axis over values.</summary>
    /// <param name="values">What must fit; values that the axis cannot show are passed over.</param>
    /// <param name="pixelFrom">Where the least one is.</param>
    /// <param name="pixelTo">Where the largest one is; below <paramref name="pixelFrom"/> for a vertical axis.</param>
    /// <param name="options">What kind of axis.</param>
    public static Axis Over(IEnumerable<double> values, double pixelFrom, double pixelTo, AxisOptions options)
        => options.IsLog ? LogAxis.Over(values, pixelFrom, pixelTo, options) : LinearAxis.Over(values, pixelFrom, pixelTo, options);

    /// <summary>The pixel of a value; not finite where the axis cannot show it.</summary>
    public double Place(double value) => pixelFrom + (Share(value) * (pixelTo - pixelFrom));

    /// <summary>Where a value is between the ends: 0 to 1.</summary>
    protected abstract double Share(double value);

    /// <summary>Whether labels at a distance keep apart.</summary>
    protected static bool Fits(IEnumerable<(double Value, string Label)> ticks, double distance, bool isVertical)
        => distance >= (isVertical ? VerticalRoom : HorizontalGap + ticks.Select(tick => GlyphFont.Width(tick.Label, 12)).DefaultIfEmpty(0).Max());
}

/// <summary>What kind of axis, and where it ends.</summary>
internal readonly record struct AxisOptions
{
    /// <summary>Whether equal ratios are equal distances.</summary>
    public bool IsLog { get; init; }

    /// <summary>Whether the ends move outwards to ticks.</summary>
    public bool Widens { get; init; }

    /// <summary>Whether only whole numbers are ticks.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Ends instead of those of the values.</summary>
    public (double From, double To)? Range { get; init; }
}
