namespace NetCompiler;

/// <summary>A CSV file in memory, with typed access to its columns.</summary>
public sealed class CsvTable
{
    private readonly CsvColumn[] _columns;
    private readonly string _name;

    private CsvTable(CsvColumn[] columns, int rowCount, string name)
    {
        _columns = columns;
        _name = name;
        RowCount = rowCount;
        Columns = Array.AsReadOnly(columns);
    }

    /// <summary>The number of rows, the header not counted.</summary>
    public int RowCount { get; }

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>The column with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column; the message names those there are.</exception>
    public CsvColumn this[string column] => Array.Find(_columns, candidate => candidate.Name == column)
        ?? throw new KeyNotFoundException($"{_name} has no column \"{column}\"; it has {string.Join(", ", _columns.Select(candidate => $"\"{candidate.Name}\""))}.");

    /// <summary>Reads a whole file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The form of the text.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty or malformed; the message names the line.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using CsvReader reader = new(path, options, progress, cancellationToken);
        return Read(reader, options, path);
    }

    /// <inheritdoc cref="Read(string, CsvOptions?, IProgress{ReadProgress}?, CancellationToken)"/>
    /// <param name="text">The text; disposed at the end.</param>
    /// <param name="options">The form of the text.</param>
    /// <param name="name">What error messages call the text.</param>
    public static CsvTable Read(TextReader text, CsvOptions? options = null, string name = "CSV text")
    {
        using CsvReader reader = new(text, options, name);
        return Read(reader, options, name);
    }

    /// <summary>Numeric columns side by side: one row of the result per row of the table.</summary>
    /// <returns>RowCount times the number of names, row-major; NaN where a value is declared missing.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A field is no number; the message names row, column and text.</exception>
    public float[] ToFloats(params ReadOnlySpan<string> columns)
    {
        float[] values = new float[RowCount * columns.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            float[] column = this[columns[c]].ToFloats();
            for (int row = 0; row < column.Length; row++)
            {
                values[(row * columns.Length) + c] = column[row];
            }
        }

        return values;
    }

    /// <summary>The rows with the given indices, in their order: those of training, those of a fold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public CsvTable Subset(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)RowCount)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"There is no row {row} in {_name}, which has {RowCount}.");
            }
        }

        int[] chosen = [.. rows];
        return new CsvTable([.. _columns.Select(column => column.Subset(chosen))], chosen.Length, _name);
    }

    private static CsvTable Read(CsvReader reader, CsvOptions? options, string name)
    {
        List<string>[] texts = [.. reader.Columns.Select(_ => new List<string>())];
        List<int> lines = [];
        while (reader.Read())
        {
            for (int c = 0; c < texts.Length; c++)
            {
                texts[c].Add(reader.Fields[c]);
            }

            lines.Add(reader.Line);
        }

        IReadOnlyList<string> missing = (options ?? new CsvOptions()).MissingValues;
        return new CsvTable([.. texts.Select((column, c) => new CsvColumn(reader.Columns[c], column, lines, missing, name))], lines.Count, name);
    }
}
