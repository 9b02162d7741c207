using System.IO.Compression;

namespace NetCompiler;

/// <summary>Opens data files, unpacking gzip where the first two bytes say so, whatever the file's name.</summary>
internal static class DataFile
{
    /// <summary>Opens a file for reading from front to back.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Stream Open(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        cancellationToken.ThrowIfCancellationRequested();
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        return Unpack(progress is null && !cancellationToken.CanBeCanceled ? file : new WatchedStream(file, progress, cancellationToken), path);
    }

    /// <summary>Unpacks a stream that can seek where it is gzip, naming it where it is damaged; another stream is read as it is.</summary>
    public static Stream Unpack(Stream stream, string name)
    {
        if (!stream.CanSeek)
        {
            return stream;
        }

        long start = stream.Position;
        bool isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;
        return isGzip ? new UnpackingStream(stream, name) : stream;
    }
}
