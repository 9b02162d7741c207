using System.Buffers;
using System.Runtime.CompilerServices;

namespace NetCompiler.Generators;

/// <summary>Writes indented C#: a line at a time, or a raw string of several lines, with blocks that close themselves. Interpolated strings go straight into the text.</summary>
internal sealed class SourceWriter : IDisposable
{
    private const int IndentationLength = 4;
    private const int FirstCapacity = 256;

    private char[] _text = ArrayPool<char>.Shared.Rent(FirstCapacity);
    private int _length;
    private readonly int _outer;
    private int _level;
    private bool _isInLine;

    /// <param name="level">The blocks around what is written.</param>
    public SourceWriter(int level = 0) => _level = _outer = level;

    /// <summary>The number of open blocks.</summary>
    public int Level => _level;

    /// <summary>Writes a part of a line, or of several: each begins at the current indentation. Empty lines stay empty.</summary>
    public void Write(string text)
    {
        int start = 0;
        for (int end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', start))
        {
            WriteInLine(text, start, end > start && text[end - 1] == '\r' ? end - start - 1 : end - start);
            EndLine();
            start = end + 1;
        }

        WriteInLine(text, start, text.Length - start);
    }

    /// <summary>Writes an interpolated string, as a part of a line.</summary>
    public void Write([InterpolatedStringHandlerArgument("")] SourceInterpolation text) => _ = text; // it has been written while it was made

    /// <summary>Writes one line, or each line of a text of several.</summary>
    public void WriteLine(string text = "")
    {
        Write(text);
        EndLine();
    }

    /// <summary>Writes an interpolated string and ends the line.</summary>
    public void WriteLine([InterpolatedStringHandlerArgument("")] SourceInterpolation text)
    {
        _ = text;
        EndLine();
    }

    /// <summary>What a part writes, by itself.</summary>
    public static string TextOf<T>(T part)
        where T : ISourcePart
    {
        using var source = new SourceWriter();
        part.WriteTo(source);
        return source.ToString();
    }

    /// <summary>Writes what another writer has, as it is, its lines being indented already; the other one is disposed of.</summary>
    public void TakeLines(SourceWriter other)
    {
        int place = Take(other._length);
        Array.Copy(other._text, 0, _text, place, other._length);
        _isInLine = false;
        other.Dispose();
    }

    /// <summary>Writes the header, if any, and an opening brace; disposing the result writes the closing one with <paramref name="end"/> after it.</summary>
    public Block WriteBlock(string? header = null, string end = "")
    {
        if (header is not null)
        {
            WriteLine(header);
        }

        return Open(end);
    }

    /// <summary>Writes an interpolated header and an opening brace.</summary>
    public Block WriteBlock([InterpolatedStringHandlerArgument("")] SourceInterpolation header, string end = "")
    {
        _ = header;
        EndLine();
        return Open(end);
    }

    /// <summary>The text. All blocks must be closed.</summary>
    public override string ToString() =>
        _level == _outer ? new string(_text, 0, _length) : throw new InvalidOperationException($"{_level - _outer} blocks of generated source are still open.");

    /// <summary>Gives the memory back: megabytes, for a large network. A writer that is not disposed of only costs others more.</summary>
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_text);
        (_text, _length) = ([], 0);
    }

    private Block Open(string end)
    {
        WriteLine("{");
        _level++;
        return new Block(this, end);
    }

    private void WriteInLine(string text, int start, int length)
    {
        if (length == 0)
        {
            return;
        }

        if (!_isInLine)
        {
            int indentation = _level * IndentationLength;
            int begin = Take(indentation);
            _text.AsSpan(begin, indentation).Fill(' ');
            _isInLine = true;
        }

        int place = Take(length);
        text.CopyTo(start, _text, place, length);
    }

    private void EndLine()
    {
        int place = Take(1);
        _text[place] = '\n';
        _isInLine = false;
    }

    // Room for so many characters more; where it begins.
    private int Take(int length)
    {
        int begin = _length;
        _length += length;
        if (_length > _text.Length)
        {
            char[] longer = ArrayPool<char>.Shared.Rent(Math.Max(_length, 2 * _text.Length));
            Array.Copy(_text, 0, longer, 0, begin);
            ArrayPool<char>.Shared.Return(_text);
            _text = longer;
        }

        return begin;
    }

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
