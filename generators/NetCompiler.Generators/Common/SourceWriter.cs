using System.Text;

namespace NetCompiler.Generators;

/// <summary>Writes indented C#: a line at a time, or a raw string of several lines, with blocks that close themselves.</summary>
internal sealed class SourceWriter
{
    private const string Indentation = "    ";

    private readonly StringBuilder _text = new();
    private int _level;

    /// <summary>The number of open blocks.</summary>
    public int Level => _level;

    /// <summary>Writes one line, or each line of a text of several, at the current indentation. Empty lines stay empty.</summary>
    public void WriteLine(string text = "")
    {
        int start = 0;
        while (start <= text.Length)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            int length = end > start && text[end - 1] == '\r' ? end - start - 1 : end - start;
            if (length > 0)
            {
                for (int i = 0; i < _level; i++)
                {
                    _text.Append(Indentation);
                }

                _text.Append(text, start, length);
            }

            _text.Append('\n');
            start = end + 1;
        }
    }

    /// <summary>Writes the header, if any, and an opening brace; disposing the result writes the closing one with <paramref name="end"/> after it.</summary>
    public Block WriteBlock(string? header = null, string end = "")
    {
        if (header is not null)
        {
            WriteLine(header);
        }

        WriteLine("{");
        _level++;
        return new Block(this, end);
    }

    /// <summary>The text. All blocks must be closed.</summary>
    public override string ToString() =>
        _level == 0 ? _text.ToString() : throw new InvalidOperationException($"{_level} blocks of generated source are still open.");

    /// <summary>Closes a block when disposed.</summary>
    internal readonly struct Block(SourceWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer._level--;
            writer.WriteLine("}" + end);
        }
    }
}
