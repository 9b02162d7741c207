namespace NetCompiler;

/// <summary>An event file cannot be read; the message names the file, the place and the reason.</summary>
public sealed class EventFileException : IOException
{
    internal EventFileException(string path, long offset, string reason, Exception? inner = null)
        : base($"The event file {path} cannot be read at byte {offset}: {reason}.", inner)
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The first byte of the record that is wrong.</summary>
    public long Offset { get; }
}
