using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>
/// Writes one line per epoch to a CSV file: epoch, counted from 0, then every series of the history. Keras's CSVLogger. A resumed training goes on with the file of
/// the one before it, whatever <c>append</c> says: lines of epochs that are trained again are replaced, and a last line that was cut off is dropped. Nothing else that is
/// there is dropped.
/// </summary>
public sealed class CsvLogger : Callback
{
    private const string FirstColumn = "epoch";

    private readonly string _path;
    private readonly char _separator;
    private readonly bool _append;
    private string[] _series = [];
    private string _header = "";
    private bool _isBegun;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file; its folder is made where it is missing. Whether it can be written is found out when training begins.</param>
    /// <param name="separator">What stands between two values; not a character of numbers, nor a quotation mark or the end of a line.</param>
    /// <param name="append">Whether lines are added to an existing file, which must have the same columns; otherwise it is replaced when training begins.</param>
    /// <exception cref="ArgumentException">There is no path, or the separator would not separate.</exception>
    public CsvLogger(string path, char separator = ',', bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (char.IsLetterOrDigit(separator) || separator is '.' or '-' or '+' or '_' or '"' or '\n' or '\r')
        {
            throw new ArgumentException($"'{separator}' cannot separate numbers and names.", nameof(separator));
        }

        _path = path;
        _separator = separator;
        _append = append;
    }

    // A fixed name: a process that is killed leaves one such file at most.
    private string TemporaryName => $".{Path.GetFileName(_path)}.tmp";

    internal override void Check(IReadOnlyList<MeasuredSeries> series)
    {
        _series = [.. series.Select(one => one.Name)];
        _header = string.Join(_separator, _series.Prepend(FirstColumn).Select(name => CsvField.Quote(name, _separator)));
        if (_append)
        {
            ReadText();
        }
    }

    internal override void RequireWritable()
    {
        try
        {
            // The folder, in which a continued file is replaced, and the file, to which lines are added.
            AtomicFile.RequireWritable(_path, TemporaryName);
            new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{nameof(CsvLogger)} cannot write {_path}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The file is continued, but has other columns.</exception>
    public override void OnTrainBegin(FitContext context)
    {
        if (!_append && !context.IsResumed)
        {
            File.WriteAllText(_path, "");
        }

        ReadText();
        _isBegun = false;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context)
    {
        if (!_isBegun)
        {
            Begin(context);
            _isBegun = true;
        }

        File.AppendAllText(_path, Line(context.Epoch, context.History));
    }

    private string Line(int epoch, History history)
    {
        IEnumerable<string> values = _series.Select(name => history.Last(name).ToString("R", CultureInfo.InvariantCulture));
        return string.Join(_separator, values.Prepend(epoch.ToString(CultureInfo.InvariantCulture))) + "\n";
    }

    /// <summary>Leaves whole lines that this training does not write itself, under a header.</summary>
    private void Begin(FitContext context)
    {
        string text = ReadText();
        string[] rows = text.Length == 0 ? [] : text[_header.Length..].Split('\n');
        StringBuilder kept = new(_header + "\n");
        for (int i = 0; i < rows.Length; i++)
        {
            string row = rows[i].TrimEnd('\r');
            string[] values = row.Split(_separator);
            bool isAgain = int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) && epoch >= context.Epoch;
            bool isCutOff = i == rows.Length - 1 && values.Length <= _series.Length;
            if (row.Length > 0 && !(context.IsResumed && (isAgain || isCutOff)))
            {
                kept.Append(row).Append('\n');
            }
        }

        if (kept.ToString() != text)
        {
            // Renamed into its place, so that a training that is killed here loses no line.
            AtomicFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(kept.ToString())), TemporaryName);
        }
    }

    /// <summary>The text of the file, under the header of this training; empty where there is none.</summary>
    private string ReadText()
    {
        string text = File.Exists(_path) ? File.ReadAllText(_path) : "";
        bool isSame = text.StartsWith(_header, StringComparison.Ordinal) && text[_header.Length..] is [] or ['\n', ..] or ['\r', '\n', ..];
        return isSame || text.Length == 0
            ? text
            : throw new ArgumentException($"{nameof(CsvLogger)} would append to {_path} with the columns {text.Split('\n')[0].TrimEnd('\r')}, but the training writes {_header}.");
    }
}
