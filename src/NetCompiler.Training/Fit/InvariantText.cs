using System.Globalization;

namespace NetCompiler;

/// <summary>Records as texts that are the same everywhere: they write their numbers in the culture of the thread.</summary>
internal static class InvariantText
{
    /// <summary>A record in its own words.</summary>
    public static string Of(object record) => In(() => record.ToString() ?? "");

    /// <summary>What is written in the invariant culture.</summary>
    public static T In<T>(Func<T> write)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
