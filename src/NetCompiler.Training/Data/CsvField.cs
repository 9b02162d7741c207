namespace NetCompiler;

/// <summary>One field as a CSV file holds it.</summary>
internal static class CsvField
{
    /// <summary>The text, in quotes where it would not read back as one field. Source: RFC 4180.</summary>
    public static string Quote(string text, char separator = ',')
        => text.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
