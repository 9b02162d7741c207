using System.Text;

namespace NetCompiler;

/// <summary>The form of a CSV file. The default is RFC 4180 with a header.</summary>
public sealed record CsvOptions
{
    private readonly char _separator = ',';
    private readonly IReadOnlyList<string> _missingValues = [];
    private readonly Encoding _encoding = Encoding.UTF8;

    /// <summary>What separates fields: a comma, a semicolon, a tab.</summary>
    /// <exception cref="ArgumentException">It is a quotation mark or the end of a line.</exception>
    public char Separator
    {
        get => _separator;
        init => _separator = value is not ('"' or '\n' or '\r')
            ? value
            : throw new ArgumentException($"The character {(int)value} cannot separate fields: it is a quotation mark or the end of a line.", nameof(Separator));
    }

    /// <summary>Whether the first row names the columns; without it they are named column1, column2, and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether spaces around a field that is not quoted are dropped, and runs of a space separator count as one.</summary>
    public bool Trim { get; init; }

    /// <summary>Texts that declare a value missing, as "", "NA" or "?": they read as NaN. By default there are none and such a text in a numeric column is an error.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IReadOnlyList<string> MissingValues
    {
        get => _missingValues;
        init => _missingValues = value ?? throw new ArgumentNullException(nameof(MissingValues));
    }

    /// <summary>The encoding of a file without a byte order mark.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Encoding Encoding
    {
        get => _encoding;
        init => _encoding = value ?? throw new ArgumentNullException(nameof(Encoding));
    }
}
