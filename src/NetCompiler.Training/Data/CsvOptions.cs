using System.Text;

namespace NetCompiler;

/// <summary>The form of a CSV file. The default is RFC 4180 with a header.</summary>
public sealed record CsvOptions
{
    /// <summary>What separates fields: a comma, a semicolon, a tab.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Whether the first row names the columns; without it they are named column1, column2, and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether spaces around a field that is not quoted are dropped, and runs of a space separator count as one.</summary>
    public bool Trim { get; init; }

    /// <summary>Texts that declare a value missing, as "", "NA" or "?": they read as NaN. By default there are none and such a text in a numeric column is an error.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>The encoding of a file without a byte order mark.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;
}
