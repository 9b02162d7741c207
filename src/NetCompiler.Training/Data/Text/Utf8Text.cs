using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NetCompiler;

/// <summary>Reads UTF-8 text strictly: bytes that are none are an error, never a replacement character.</summary>
public static class Utf8Text
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a whole file, plain or gzip; a byte order mark at its start is dropped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The bytes are no UTF-8 text, or the gzip data is damaged; the message names file, byte and line.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static string Read(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream stream = DataFile.Open(path, progress, cancellationToken);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string, IProgress{ReadProgress}?, CancellationToken)"/>
    /// <param name="stream">The text; unpacked where it is gzip and can seek.</param>
    /// <param name="name">What error messages call the text.</param>
    public static string Read(Stream stream, string name = "UTF-8 text")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream bytes = new();
        DataFile.Unpack(stream, name).CopyTo(bytes);
        return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
    }

    /// <summary>Decodes bytes; a byte order mark at their start is dropped.</summary>
    /// <exception cref="InvalidDataException">The bytes are no UTF-8 text; the message names the byte's offset, its value and the line.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string name = "UTF-8 text")
    {
        int start = bytes.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        ReadOnlySpan<byte> text = bytes[start..];
        if (Utf8.IsValid(text))
        {
            return Encoding.UTF8.GetString(text);
        }

        char[] decoded = new char[text.Length];
        Utf8.ToUtf16(text, decoded, out int offset, out _, replaceInvalidSequences: false);
        int line = 1 + text[..offset].Count((byte)'\n');
        string problem = Rune.DecodeFromUtf8(text[offset..], out _, out _) == OperationStatus.NeedMoreData ? "the text ends in the middle of a character" : $"0x{text[offset]:X2} is no UTF-8 there";
        throw new InvalidDataException($"{name}: malformed UTF-8 at byte {start + offset} (line {line}): {problem}.");
    }
}
