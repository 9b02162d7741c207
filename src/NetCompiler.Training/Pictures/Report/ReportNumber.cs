using System.Globalization;

namespace NetCompiler;

/// <summary>Numbers as a reader wants them.</summary>
internal static class ReportNumber
{
    /// <summary>Five digits.</summary>
    public static string Value(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>As 350 ms, 12.3 s, 5 min 3 s, 2 h 5 min.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min"),
    };
}
