using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetCompiler;

/// <summary>One line of a console: what is done, a bar, the share and the time left. It is never wider than the console: the bar gives way first, then the description loses its last parts.</summary>
/// <param name="parts">The description, the most important parts first.</param>
/// <param name="fraction">The share that is done, 0 to 1; null where it is not known.</param>
/// <param name="elapsed">The time since the beginning.</param>
internal sealed class ProgressLine(IReadOnlyList<string> parts, double? fraction, TimeSpan elapsed) : Renderable
{
    private const string Gap = "  ";
    private const string More = "...";
    private const int LeastBar = 10;
    private const int MostBar = 40;

    private static readonly Style Done = new(Color.Green);
    private static readonly Style Running = new(Color.Yellow);
    private static readonly Style Open = new(Color.Grey);
    private static readonly Style Time = new(Color.Blue);

    /// <summary>The description in as much of a width as there is: whole parts as long as they fit, the first one cut where it has to be.</summary>
    public static string Fit(IReadOnlyList<string> parts, int width)
    {
        string all = string.Join(Gap, parts);
        for (int count = parts.Count - 1; count > 0 && all.Length > width; count--)
        {
            all = string.Join(Gap, parts.Take(count).Append(More));
        }

        return all.Length <= width ? all : all[..Math.Max(0, width)];
    }

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        // The last column stays free: some terminals begin a new line when it is written.
        string share = fraction is double known ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * known),3:0}%") : " --%";
        int width = maxWidth - 1 - Gap.Length - share.Length - Gap.Length - TimeLeft.Length;
        string description = Fit(parts, width - Gap.Length - LeastBar);
        int bar = Math.Clamp(width - Gap.Length - description.Length, LeastBar, MostBar);
        int filled = (int)((fraction ?? 0) * bar);
        string stroke = options.Unicode ? "━" : "-";
        return
        [
            new Segment(description + Gap),
            new Segment(string.Concat(Enumerable.Repeat(stroke, filled)), fraction >= 1 ? Done : Running),
            new Segment(string.Concat(Enumerable.Repeat(stroke, bar - filled)), Open),
            new Segment(Gap + share + Gap),
            new Segment(TimeLeft, Time),
        ];
    }

    /// <summary>By the speed so far; dashes until there is one.</summary>
    private string TimeLeft
    {
        get
        {
            TimeSpan left = fraction is > 0 and <= 1 ? elapsed * ((1 - fraction.Value) / fraction.Value) : TimeSpan.MaxValue;
            return left < TimeSpan.FromHours(100) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(left.TotalHours):00}:{left.Minutes:00}:{left.Seconds:00}") : "--:--:--";
        }
    }
}
