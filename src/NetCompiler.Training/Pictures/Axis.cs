using System.Globalization;

namespace NetCompiler;

/// <summary>A range of values with round ticks, mapped onto pixels.</summary>
internal sealed class Axis
{
    private const int TargetTicks = 6;

    private readonly double _from;
    private readonly double _to;
    private readonly double _step;
    private double _pixelFrom;
    private double _pixelTo;

    private Axis(double from, double to, double step)
    {
        _from = from;
        _to = to;
        _step = step;
    }

    /// <summary>The ticks from the smallest to the largest.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            long first = (long)Math.Ceiling((_from / _step) - 1e-9), last = (long)Math.Floor((_to / _step) + 1e-9);
            for (long i = first; i <= last; i++)
            {
                yield return i * _step;
            }
        }
    }

    /// <summary>An axis over finite values; where it is widened, it ends at ticks.</summary>
    /// <param name="values">What must fit; other values than finite ones are passed over.</param>
    /// <param name="widens">Whether the ends move outwards to round numbers.</param>
    /// <param name="integers">Whether only whole numbers are ticks.</param>
    public static Axis Over(IEnumerable<double> values, bool widens, bool integers = false)
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
            (least, most) = (0, 1);
        }
        else if (most - least < 1e-12 * Math.Max(Math.Abs(least), Math.Abs(most)) || most == least)
        {
            double half = least == 0 ? 0.5 : Math.Abs(least) / 2;
            (least, most) = (least - half, most + half);
        }

        double step = RoundStep((most - least) / TargetTicks);
        step = integers ? Math.Max(1, Math.Ceiling(step)) : step;
        return widens ? new Axis(Math.Floor(least / step) * step, Math.Ceiling(most / step) * step, step) : new Axis(least, most, step);
    }

    /// <summary>Says where the ends are.</summary>
    public Axis Onto(double from, double to)
    {
        _pixelFrom = from;
        _pixelTo = to;
        return this;
    }

    /// <summary>The pixel of a value.</summary>
    public double Place(double value) => _pixelFrom + ((value - _from) / (_to - _from) * (_pixelTo - _pixelFrom));

    /// <summary>The text of a tick, with as many digits as the step needs.</summary>
    public string Label(double tick)
    {
        double largest = Math.Max(Math.Abs(_from), Math.Abs(_to));
        if (largest >= 1e6 || largest < 1e-3)
        {
            return tick == 0 ? "0" : tick.ToString("0.##e+0", CultureInfo.InvariantCulture);
        }

        int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(_step) + 1e-9));
        return (Math.Abs(tick) < _step / 2 ? 0 : tick).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The next of 1, 2, 5 times a power of ten.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double lead = step / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }
}
