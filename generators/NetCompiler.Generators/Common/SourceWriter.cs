using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCompiler.Generators;

/// <summary>Writes indented C#: a line at a time, or a raw string of several lines, with blocks that close themselves. Interpolated strings go straight into the text.</summary>
internal sealed class SourceWriter : IDisposable
{
    private const int IndentationLength = 4;

    // Text of megabytes is not moved while it grows; what a part takes is recycled.
    private const int PartLength = 16384;

    private readonly List<(char[] Text, int Length)> _parts = [];
    private int _partsLength;
    private char[] _text = ArrayPool<char>.Shared.Rent(PartLength);
    private int _length;
    private readonly int _outer;
    private int _level;
    private bool _isInLine;

    /// <param name="level">The blocks around what is written.</param>
    public SourceWriter(int level = 0) => _level = _outer = level;

    /// <summary>The number of open blocks.</summary>
    public int Level => _level;

    /// <summary>The characters written so far.</summary>
    public int Length => _partsLength + _length;

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

    /// <summary>Writes what another writer has, as it is, its lines being indented already; the other one is empty afterwards.</summary>
    public void TakeLines(SourceWriter other)
    {
        EndPart();
        _parts.AddRange(other._parts);
        _partsLength += other._partsLength;
        other._partsLength = 0;
        other._parts.Clear();
        (_text, _length, other._text, other._length) = (other._text, other._length, _text, 0);
        _isInLine = false;
    }

    /// <summary>Whether a text stands at a place of what is written.</summary>
    public bool HasAt(int start, string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan();
        int first = 0;
        foreach ((char[] part, int length) in _parts.Append((_text, _length)))
        {
            int from = Math.Max(0, start - first), there = Math.Min(length - from, rest.Length);
            if (there > 0)
            {
                if (!part.AsSpan(from, there).SequenceEqual(rest.Slice(0, there)))
                {
                    return false;
                }

                rest = rest.Slice(there);
                start += there;
            }

            first += length;
        }

        return rest.IsEmpty;
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
    public override string ToString()
    {
        if (_level != _outer)
        {
            throw new InvalidOperationException($"{_level - _outer} blocks of generated source are still open.");
        }

        string text = new('\0', Length);
        Span<char> rest = MemoryMarshal.AsMemory(text.AsMemory()).Span; // nobody else has seen it
        foreach ((char[] part, int length) in _parts)
        {
            part.AsSpan(0, length).CopyTo(rest);
            rest = rest.Slice(length);
        }

        _text.AsSpan(0, _length).CopyTo(rest);
        return text;
    }

    /// <summary>Gives the memory back: megabytes, for a large network. A writer that is not disposed of only costs others more.</summary>
    public void Dispose()
    {
        foreach ((char[] part, _) in _parts)
        {
            ArrayPool<char>.Shared.Return(part);
        }

        ArrayPool<char>.Shared.Return(_text);
        _parts.Clear();
        (_text, _length, _partsLength) = ([], 0, 0);
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
            for (int left = _level * IndentationLength; left > 0;)
            {
                Span<char> room = Take(left);
                room.Fill(' ');
                left -= room.Length;
            }

            _isInLine = true;
        }

        while (length > 0)
        {
            Span<char> room = Take(length);
            text.AsSpan(start, room.Length).CopyTo(room);
            start += room.Length;
            length -= room.Length;
        }
    }

    private void EndLine()
    {
        Take(1)[0] = '\n';
        _isInLine = false;
    }

    // Room for the first of so many characters.
    private Span<char> Take(int length)
    {
        if (_length == _text.Length)
        {
            EndPart();
        }

        int begin = _length;
        _length = Math.Min(_length + length, _text.Length);
        return _text.AsSpan(begin, _length - begin);
    }

    private void EndPart()
    {
        _parts.Add((_text, _length));
        _partsLength += _length;
        (_text, _length) = (ArrayPool<char>.Shared.Rent(PartLength), 0);
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
