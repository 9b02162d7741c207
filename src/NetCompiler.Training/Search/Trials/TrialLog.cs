using System.Globalization;
using System.Text;

namespace NetCompiler;

/// <summary>
/// The outcomes of a search in a file: a line that says which search it is, then one per task, each with the CRC-32C of its text before it and on the disk before the search
/// goes on. What a killed process left of a last line is taken away; anything else that is not as it was written is refused. The file is held as long as the search runs.
/// </summary>
internal sealed class TrialLog : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly Dictionary<(int Trial, int Fold, int Epochs), (TrialOutcome Outcome, int Line)> _outcomes = [];

    /// <summary>Opens the log, or begins one.</summary>
    /// <exception cref="TrialLogException">It is damaged, belongs to another search, is in use, or cannot be read or written.</exception>
    public TrialLog(string path, IReadOnlyList<KeyValuePair<string, string>> identity, Func<int, TrialValues> valuesOf)
    {
        _path = path;
        try
        {
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrialLogException($"The log of trials {path} cannot be opened: {exception.Message}", exception);
        }

        try
        {
            Read(identity, valuesOf);
        }
        catch (Exception exception)
        {
            _stream.Dispose();
            if (exception is IOException)
            {
                throw new TrialLogException($"The log of trials {path} cannot be read: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>What the log holds of a task.</summary>
    public bool TryGet(TrialTask task, out TrialOutcome outcome)
    {
        bool isKnown = _outcomes.TryGetValue(KeyOf(task), out (TrialOutcome Outcome, int Line) entry);
        outcome = entry.Outcome;
        return isKnown;
    }

    /// <summary>Writes an outcome down.</summary>
    /// <exception cref="TrialLogException">The file cannot be written; it is as it was before.</exception>
    public void Append(TrialTask task, TrialValues values, TrialOutcome outcome)
    {
        Write(TrialLine.Of(task, values, outcome));
        _outcomes.Add(KeyOf(task), (outcome, 0));
    }

    public void Dispose() => _stream.Dispose();

    private static (int Trial, int Fold, int Epochs) KeyOf(TrialTask task) => (task.Trial, task.Fold, task.Epochs ?? 0);

    private static byte[] Sealed(string text) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Crc32C.Compute(Encoding.UTF8.GetBytes(text)):x8} {text}\n"));

    private void Write(string text)
    {
        long end = _stream.Length;
        try
        {
            _stream.Position = end;
            _stream.Write(Sealed(text));
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            CutQuietly(end);
            throw new TrialLogException($"The log of trials {_path} cannot be written: {exception.Message} The {_outcomes.Count} outcomes in it are kept.", exception);
        }
    }

    private void Read(IReadOnlyList<KeyValuePair<string, string>> identity, Func<int, TrialValues> valuesOf)
    {
        byte[] content = new byte[_stream.Length];
        _stream.ReadExactly(content);
        string header = TrialLine.HeaderOf(identity);
        if (Sealed(header).AsSpan().StartsWith(content) && !content.AsSpan().Contains((byte)'\n'))
        {
            // A new file, or one whose first line was not written to its end.
            _stream.SetLength(0);
            Write(header);
            return;
        }

        int line = 0, start = 0;
        for (int end; (end = Array.IndexOf(content, (byte)'\n', start)) >= 0; start = end + 1)
        {
            string text = Open(content.AsSpan(start, end - start), ++line);
            if (line == 1)
            {
                TrialLine.RequireSame(text, identity, _path);
            }
            else
            {
                Take(text, line, valuesOf);
            }
        }

        if (line == 0)
        {
            throw new TrialLogException($"{_path} is no log of trials: it has no line that ends.");
        }

        _stream.SetLength(start);
    }

    private string Open(ReadOnlySpan<byte> content, int line)
    {
        ReadOnlySpan<byte> text = content.Length > 9 && content[8] == ' ' ? content[9..] : default;
        if (text.IsEmpty || !uint.TryParse(content[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint expected))
        {
            throw new TrialLogException($"{_path} is {(line == 1 ? "no log of trials" : "damaged")}: line {line} does not begin with a checksum.");
        }

        uint found = Crc32C.Compute(text);
        return found == expected
            ? Encoding.UTF8.GetString(text)
            : throw new TrialLogException($"The log of trials {_path} is damaged: line {line} has the checksum {found:x8}, but says {expected:x8}.");
    }

    private void Take(string text, int line, Func<int, TrialValues> valuesOf)
    {
        (TrialTask task, string values, TrialOutcome outcome) = TrialLine.Read(text, $"{_path}, line {line}");
        string expected = TrialLine.ValuesText(valuesOf(task.Trial));
        if (values != expected)
        {
            throw new TrialLogException($"The log of trials {_path} belongs to another search: in line {line}, trial {task.Trial} has the values {values}, but here {expected}.");
        }

        if (!_outcomes.TryAdd(KeyOf(task), (outcome, line)))
        {
            throw new TrialLogException($"The log of trials {_path} is damaged: line {line} is of the same task as line {_outcomes[KeyOf(task)].Line}.");
        }
    }

    private void CutQuietly(long length)
    {
        try
        {
            _stream.SetLength(length);
        }
        catch (IOException)
        {
            // What is left of the line is taken away when the log is read.
        }
    }
}
