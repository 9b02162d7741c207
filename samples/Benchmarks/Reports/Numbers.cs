using System.Globalization;

namespace Benchmarks.Reports;

/// <summary>How reports write numbers: three digits that mean something, whatever the culture.</summary>
internal static class Numbers
{
    /// <summary>Microseconds, as 0.0123, 4.56 or 1234.</summary>
    public static string Microseconds(double seconds)
    {
        double value = seconds * 1e6;
        string format = value switch { < 0.1 => "0.0000", < 1 => "0.000", < 10 => "0.00", < 100 => "0.0", _ => "0" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A ratio, as 1.08x, 12.3x or 134x.</summary>
    public static string Ratio(double ratio) =>
        ratio.ToString(ratio switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture) + "x";

    /// <summary>A fraction in per cent.</summary>
    public static string Percent(double fraction) => (100 * fraction).ToString(fraction < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number of threads, in words where it is small.</summary>
    public static string Threads(int threads) => threads == 1 ? "one thread" : string.Create(CultureInfo.InvariantCulture, $"{threads} threads");

    /// <summary>Milliseconds.</summary>
    public static string Milliseconds(double seconds) => (1e3 * seconds).ToString("0.0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Whole nanoseconds.</summary>
    public static string Nanoseconds(double seconds) => (1e9 * seconds).ToString("0", CultureInfo.InvariantCulture) + " ns";

    /// <summary>A rate in thousand millions.</summary>
    public static string Giga(double perSecond) => (1e-9 * perSecond).ToString("0", CultureInfo.InvariantCulture);
}
