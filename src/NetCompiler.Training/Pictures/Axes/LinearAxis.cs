using System.Globalization;

namespace NetCompiler;

/// <summary>An axis on which equal differences are equal distances; its ticks are 1, 2 or 5 times a power of ten apart.</summary>
internal sealed class LinearAxis : Axis
{
    // Beyond these a difference of two ends would overflow.
    private const double Farthest = double.MaxValue / 8;
    private const double LeastRelativeSpan = 1e-12;

    // Below, a step between ticks is a denormal number or none.
    private const double LeastSpan = 1e-290;
    private const int MostTicks = 12;

    private readonly double _from;
    private readonly double _to;

    private LinearAxis(double from, double to, double step, double pixelFrom, double pixelTo)
        : base(pixelFrom, pixelTo)
    {
        _from = from;
        _to = to;
        Ticks = TicksOf(from, to, step);
    }

    public static new LinearAxis Over(IEnumerable<double> values, double pixelFrom, double pixelTo, AxisOptions options)
    {
        (double least, double most) = options.Range is { } range ? Spread(range.From, range.To) : Ends(values);
        double step = RoundStep((most - least) / MostTicks);
        while (true)
        {
            step = options.IsWhole ? Math.Max(1, step) : step;
            double from = options.Widens ? Math.Floor((least / step) + 1e-9) * step : least, to = options.Widens ? Math.Ceiling((most / step) - 1e-9) * step : most;
            double distance = Math.Abs(pixelTo - pixelFrom) * step / (to - from);
            if (step >= most - least || Fits(TicksOf(from, to, step), distance, pixelTo < pixelFrom))
            {
                return new LinearAxis(from, to, step, pixelFrom, pixelTo);
            }

            step = RoundStep(step * 1.01);
        }
    }

    protected override double Share(double value) => (value - _from) / (_to - _from);

    private static (double Least, double Most) Ends(IEnumerable<double> values)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }
        }

        if (least > most)
        {
            return (0, 1);
        }

        return Spread(least, most);
    }

    /// <summary>Two ends as far apart as numbers can tell ticks between them from each other, and not so far that their difference overflows.</summary>
    public static (double Least, double Most) Spread(double least, double most)
    {
        (least, most) = (Math.Max(least, -Farthest), Math.Min(most, Farthest));
        if (most - least > LeastRelativeSpan * Math.Max(Math.Abs(least), Math.Abs(most)) && most - least > LeastSpan)
        {
            return (least, most);
        }

        double half = Math.Abs(least) < LeastSpan ? 0.5 : Math.Abs(least) / 2;
        return (least - half, most + half);
    }

    private static List<(double Value, string Label)> TicksOf(double from, double to, double step)
    {
        List<(double, string)> ticks = [];
        double first = Math.Ceiling((from / step) - 1e-9), last = Math.Floor((to / step) + 1e-9);
        for (double i = first; i <= last; i++)
        {
            // A division by the power's inverse gives the double nearest to the round number, as a product would not.
            double tick = step < 1 ? i / (1 / step) : i * step;
            ticks.Add((tick, Label(tick, step, Math.Max(Math.Abs(from), Math.Abs(to)))));
        }

        return ticks;
    }

    /// <summary>The text of a tick, with as many digits as tell it from its neighbours.</summary>
    private static string Label(double tick, double step, double largest)
    {
        if (Math.Abs(tick) < step / 2)
        {
            return "0";
        }

        int decimals = -(int)Math.Floor(Math.Log10(step) + 1e-9), magnitude = (int)Math.Floor(Math.Log10(largest) + 1e-9);
        if (magnitude is >= 6 or < -3 && magnitude + decimals <= 4)
        {
            int digits = Math.Max(0, (int)Math.Floor(Math.Log10(Math.Abs(tick)) + 1e-9) + decimals);
            return tick.ToString("0." + new string('#', digits) + "e0", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
        }

        return tick.ToString("F" + Math.Max(0, decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
    }

    /// <summary>The next of 1, 2, 5 times a power of ten.</summary>
    private static double RoundStep(double step)
    {
        int exponent = (int)Math.Floor(Math.Log10(step));
        double lead = step / Power(exponent);
        return lead <= 1 ? Power(exponent) : lead <= 2 ? 2 * Power(exponent) : lead <= 5 ? 5 * Power(exponent) : Power(exponent + 1);
    }

    private static double Power(int exponent) => double.Parse($"1e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
}
