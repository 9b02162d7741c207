using System.Text;

namespace NetCompiler;

/// <summary>
/// Reads CSV row by row, without holding more than one row: quoted fields with doubled quotes, separators and line breaks inside, rows that end in CRLF or LF.
/// Source: RFC 4180.
/// </summary>
public sealed class CsvReader : IDisposable
{
    // A noncharacter, which no text holds: what bytes that are none of the encoding decode to, so that the line on which they stand is known.
    private const char Undecodable = '\uFFFF';

    private const char ByteOrderMark = '\uFEFF';

    private readonly TextReader _reader;
    private readonly CsvOptions _options;
    private readonly string _name;
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private int _line = 1;

    /// <summary>Opens a file, plain or gzip, and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The form of the text.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, its header names a column twice, its gzip data is damaged, or bytes are none of the encoding.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public CsvReader(string path, CsvOptions? options = null, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
        : this(new StreamReader(DataFile.Open(path, progress, cancellationToken), Decoding((options ?? new CsvOptions()).Encoding)), options, path)
    {
    }

    /// <summary>Reads text, its header at once.</summary>
    /// <param name="reader">The text; disposed with this reader.</param>
    /// <param name="options">The form of the text.</param>
    /// <param name="name">What error messages call the text.</param>
    /// <exception cref="InvalidDataException">The text is empty, or its header names a column twice.</exception>
    public CsvReader(TextReader reader, CsvOptions? options = null, string name = "CSV text")
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
        _options = options ?? new CsvOptions();
        _name = name;
        try
        {
            Columns = ReadColumns();
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The fields of the current row, valid until the next <see cref="Read"/>.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>The line on which the current row starts, counted from 1.</summary>
    public int Line { get; private set; }

    private bool HasPendingRow { get; set; }

    /// <summary>Reads the next row; returns false at the end. Empty lines are passed over.</summary>
    /// <exception cref="InvalidDataException">The row has more or fewer fields than there are columns, a quote is never closed, the gzip data is damaged, or bytes are none of the encoding.</exception>
    public bool Read()
    {
        if (HasPendingRow)
        {
            HasPendingRow = false;
            return true;
        }

        if (!ReadRow())
        {
            return false;
        }

        return _fields.Count == Columns.Count
            ? true
            : throw new InvalidDataException($"{_name}, line {Line}: the row has {_fields.Count} fields, but there are {Columns.Count} columns.");
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <summary>A reader of the file at each of its rows in turn; every enumeration opens the file anew.</summary>
    internal static IEnumerable<CsvReader> Rows(string path, CsvOptions? options)
    {
        using CsvReader reader = new(path, options);
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private string[] ReadColumns()
    {
        // A file's is gone by now, a text's may be there.
        if (_reader.Peek() == ByteOrderMark)
        {
            _reader.Read();
        }

        if (!ReadRow())
        {
            throw new InvalidDataException($"{_name} is empty: it has no row.");
        }

        if (!_options.HasHeader)
        {
            HasPendingRow = true;
            return [.. Enumerable.Range(1, _fields.Count).Select(column => $"column{column}")];
        }

        string[] columns = [.. _fields];
        HashSet<string> seen = [];
        foreach (string column in columns)
        {
            if (!seen.Add(column))
            {
                throw new InvalidDataException($"{_name}: the header names the column \"{column}\" twice.");
            }
        }

        return columns;
    }

    private bool ReadRow()
    {
        _fields.Clear();
        while (_reader.Peek() is '\r' or '\n')
        {
            SkipLineBreak();
        }

        Line = _line;
        if (_reader.Peek() < 0)
        {
            return false;
        }

        bool more = true;
        while (more)
        {
            more = ReadField();
        }

        return true;
    }

    /// <summary>Reads one field and what ends it; returns whether another field follows in the row.</summary>
    private bool ReadField()
    {
        _field.Clear();
        SkipSpaces();
        bool quoted = _reader.Peek() == '"';
        if (quoted)
        {
            ReadQuoted();
            SkipSpaces();
        }

        while (true)
        {
            int next = _reader.Peek();
            if (next < 0 || next is '\r' or '\n')
            {
                // With spaces as separators, those before the line's end separate nothing.
                bool isTrailing = _options.Trim && _options.Separator == ' ' && !quoted && _field.Length == 0 && _fields.Count > 0;
                if (!isTrailing)
                {
                    AddField(quoted);
                }

                SkipLineBreak();
                return false;
            }

            if (next == _options.Separator)
            {
                _reader.Read();
                AddField(quoted);
                return true;
            }

            if (quoted || next == '"')
            {
                throw new InvalidDataException(quoted
                    ? $"{_name}, line {_line}: after the closing quote of field {_fields.Count + 1} comes '{(char)next}' instead of a separator."
                    : $"{_name}, line {_line}: field {_fields.Count + 1} has a quote inside, but does not start with one.");
            }

            Append(_reader.Read());
        }
    }

    private void ReadQuoted()
    {
        int start = _line;
        _reader.Read();
        while (true)
        {
            int next = _reader.Read();
            if (next < 0)
            {
                throw new InvalidDataException($"{_name}, line {start}: the quote that opens field {_fields.Count + 1} is never closed.");
            }

            if (next == '"')
            {
                if (_reader.Peek() != '"')
                {
                    return;
                }

                _reader.Read();
            }
            else if (next == '\n')
            {
                _line++;
            }

            Append(next);
        }
    }

    private void Append(int next)
    {
        if (next == Undecodable)
        {
            throw new InvalidDataException($"{_name}, line {_line}: field {_fields.Count + 1} has bytes that are no {_options.Encoding.WebName} text; see {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.");
        }

        _field.Append((char)next);
    }

    /// <summary>The encoding with the marker in the place of bytes that do not decode.</summary>
    private static Encoding Decoding(Encoding encoding)
    {
        // UTF-8 that knows its byte order mark: a reader that has to detect the mark takes an encoding of its own.
        Encoding marking = encoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : (Encoding)encoding.Clone();
        marking = (Encoding)marking.Clone();
        marking.DecoderFallback = new DecoderReplacementFallback(Undecodable.ToString());
        return marking;
    }

    private void AddField(bool quoted) => _fields.Add(_options.Trim && !quoted ? _field.ToString().Trim() : _field.ToString());

    private void SkipSpaces()
    {
        while (_options.Trim && _reader.Peek() == ' ')
        {
            _reader.Read();
        }
    }

    private void SkipLineBreak()
    {
        int first = _reader.Read();
        if (first == '\r' && _reader.Peek() == '\n')
        {
            _reader.Read();
        }

        _line += first < 0 ? 0 : 1;
    }
}
