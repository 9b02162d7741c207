using System.Globalization;

namespace NetCompiler;

/// <summary>An axis on which equal ratios are equal distances; values that are not positive have no place. Its ticks are powers of ten, with 2 and 5 between where there is room.</summary>
internal sealed class LogAxis : Axis
{
    private readonly double _from;
    private readonly double _to;

    private LogAxis(double from, double to, IReadOnlyList<(double, string)> ticks, double pixelFrom, double pixelTo)
        : base(pixelFrom, pixelTo)
    {
        _from = Math.Log10(from);
        _to = Math.Log10(to);
        Ticks = ticks;
    }

    public static new LogAxis Over(IEnumerable<double> values, double pixelFrom, double pixelTo, AxisOptions options)
    {
        if (options.Range is { From: var from and <= 0, To: var to })
        {
            throw new ArgumentException(FormattableString.Invariant($"The range from {from} to {to} has no place on a logarithmic axis; give ends above 0."));
        }

        (double least, double most) = options.Range ?? Ends(values);
        if (options.Widens)
        {
            double[] round = Round(least, most);
            (least, most) = (round.Last(value => value <= least * (1 + 1e-9)), round.First(value => value >= most * (1 - 1e-9)));
        }

        double pixelsPerDecade = Math.Abs(pixelTo - pixelFrom) / Math.Max(1e-9, Math.Log10(most) - Math.Log10(least));
        (double, string)[] inside = [.. Round(least, most).Where(value => value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9)).Select(value => (value, Label(value)))];
        if (!Fits(inside, pixelsPerDecade * Math.Log10(2), pixelTo < pixelFrom))
        {
            int every = 1;
            inside = [.. inside.Where(tick => IsPower(tick.Item1))];
            while (!Fits(inside, pixelsPerDecade * every, pixelTo < pixelFrom) && every < 700)
            {
                every++;
            }

            inside = [.. inside.Where(tick => (int)Math.Round(Math.Log10(tick.Item1)) % every == 0)];
        }

        return new LogAxis(least, most, inside, pixelFrom, pixelTo);
    }

    protected override double Share(double value) => value > 0 ? (Math.Log10(value) - _from) / (_to - _from) : double.NaN;

    private static (double Least, double Most) Ends(IEnumerable<double> values)
    {
        double least = double.PositiveInfinity, most = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value) && value > 0)
            {
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }
        }

        return least > most ? (0.1, 1) : most / least < 1 + 1e-9 ? (least / 2, most * 2) : (least, most);
    }

    /// <summary>1, 2 and 5 times the powers of ten from that below to that above.</summary>
    private static double[] Round(double least, double most)
    {
        int first = (int)Math.Floor(Math.Log10(least)) - 1, last = (int)Math.Ceiling(Math.Log10(most)) + 1;
        return [.. Enumerable.Range(first, last - first + 1)
            .SelectMany(exponent => new[] { "1", "2", "5" }.Select(lead => double.Parse(FormattableString.Invariant($"{lead}e{exponent}"), CultureInfo.InvariantCulture)))
            .Where(value => value > 0 && double.IsFinite(value))];
    }

    private static bool IsPower(double value)
    {
        double exponent = Math.Log10(value);
        return Math.Abs(exponent - Math.Round(exponent)) < 1e-6;
    }

    private static string Label(double value)
        => value.ToString(value is >= 1e-3 and < 1e5 ? "0.#######" : "0.##e0", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
}
