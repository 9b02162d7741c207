using System.Diagnostics;

namespace NetCompiler;

/// <summary>A file that tells how far it has been read, about a hundred times, and that ends reading when it is canceled.</summary>
internal sealed class WatchedStream(FileStream file, IProgress<ReadProgress>? progress, CancellationToken cancellationToken) : Stream
{
    private const int Reports = 100;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _length = file.Length;
    private long _next;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int read = file.Read(buffer);
        long position = file.Position;
        if (progress is not null && read > 0 && (position >= _next || position == _length))
        {
            _next = position + (_length / Reports);
            progress.Report(new ReadProgress(file.Name, position, _length, Stopwatch.GetElapsedTime(_start)));
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A data file is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A data file is only read.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
