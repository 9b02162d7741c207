using System.Globalization;

namespace NetCompiler;

/// <summary>
/// The header of a safetensors file that <see cref="SafetensorsWriter"/> has written for the very network that reads it. All of it is then known beforehand but
/// the texts, so that it is compared instead of parsed.
/// </summary>
internal ref struct ExactHeader
{
    private readonly ReadOnlySpan<byte> _header;
    private int _place;

    private ExactHeader(ReadOnlySpan<byte> header) => _header = header;

    /// <summary>Whether a header is the one that the network would write, whatever its texts; texts with escapes or beyond ASCII do not count as such.</summary>
    /// <param name="header">The header, without its length.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="texts">The user's texts; null where there are none.</param>
    /// <param name="dataLength">The bytes of values that follow.</param>
    public static bool TryRead(ReadOnlySpan<byte> header, WeightCollection weights, out Dictionary<string, string>? texts, out long dataLength)
    {
        ExactHeader reader = new(header);
        dataLength = 0;
        if (!reader.TryReadTexts(weights.ArchitectureHash!, out texts))
        {
            return false;
        }

        for (int i = 0; i < weights.Count; i++)
        {
            if (!reader.Accept(",\"") || !reader.AcceptTensor(weights.LayoutOf(i), ref dataLength))
            {
                return false;
            }
        }

        return reader.Accept("}") && reader.IsBlank();
    }

    private bool TryReadTexts(string architecture, out Dictionary<string, string>? texts)
    {
        const string start = $$"""{"{{WeightFileKeys.Metadata}}":{"{{WeightFileKeys.Version}}":"{{WeightFileKeys.CurrentVersion}}","{{WeightFileKeys.Network}}":""";
        texts = null;
        if (!Accept(start) || SkipText() < 0 || !Accept($",\"{WeightFileKeys.Architecture}\":\"") || !Accept(architecture) || !Accept("\""))
        {
            return false;
        }

        while (Accept(","))
        {
            string? key = ReadText(), value = Accept(":") ? ReadText() : null;
            if (key is null || value is null || key.StartsWith(WeightFileKeys.Prefix, StringComparison.Ordinal) || !(texts ??= []).TryAdd(key, value))
            {
                return false;
            }
        }

        return Accept("}");
    }

    private bool AcceptTensor(WeightLayout layout, ref long offset)
    {
        long end = offset + ((long)layout.Length * sizeof(float));
        if (!Accept(layout.Name) || !Accept("\":{\"dtype\":\"F32\",\"shape\":["))
        {
            return false;
        }

        ReadOnlySpan<int> shape = layout.Shape;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (!(axis == 0 || Accept(",")) || !Accept(shape[axis]))
            {
                return false;
            }
        }

        bool isNext = Accept("],\"data_offsets\":[") && Accept(offset) && Accept(",") && Accept(end) && Accept("]}");
        offset = end;
        return isNext;
    }

    private bool Accept(long number) => Accept(number.ToString(CultureInfo.InvariantCulture));

    // The text next in the header, or another one, at which nothing is passed over.
    private bool Accept(string text)
    {
        if (_header.Length - _place < text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (_header[_place + i] != text[i])
            {
                return false;
            }
        }

        _place += text.Length;
        return true;
    }

    // The string next in the header; null where it is none, or is not written as it is read. Letter by letter: the decoders of the framework
    // bring vectors along, which takes longer than everything else here.
    private string? ReadText()
    {
        int length = SkipText();
        if (length < 0)
        {
            return null;
        }

        char[] text = new char[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = (char)_header[_place - 1 - length + i];
        }

        return new string(text);
    }

    // Passes over the string next in the header; its length, or -1 where it is none, or is not written as it is read.
    private int SkipText()
    {
        if (!Accept("\""))
        {
            return -1;
        }

        int start = _place;
        while (_place < _header.Length && _header[_place] is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'\\'))
        {
            _place++;
        }

        return Accept("\"") ? _place - 1 - start : -1;
    }

    private readonly bool IsBlank()
    {
        for (int i = _place; i < _header.Length; i++)
        {
            if (_header[i] != ' ')
            {
                return false;
            }
        }

        return true;
    }
}
