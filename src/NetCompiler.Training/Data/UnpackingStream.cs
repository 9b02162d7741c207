using System.Buffers.Binary;
using System.IO.Compression;

namespace NetCompiler;

/// <summary>Unpacks gzip from front to back; where the data is damaged or truncated, the error names the data.</summary>
/// <param name="packed">The packed data from its position on; it can seek.</param>
/// <param name="name">What error messages call the data.</param>
internal sealed class UnpackingStream(Stream packed, string name) : Stream
{
    private static readonly byte[] Magic = [0x1F, 0x8B, 0x08];

    private readonly long _start = packed.Position;
    private readonly GZipStream _unpacked = new(packed, CompressionMode.Decompress);
    private long _total;
    private bool _isWhole;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The compressed data is damaged or truncated.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _isWhole ? 0 : _unpacked.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: the gzip data is damaged or truncated: {exception.Message}", exception);
        }

        _total += read;
        if (read == 0 && !buffer.IsEmpty && !_isWhole)
        {
            RequireWhole();
            _isWhole = true;
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The decoder ends without a word where the packed data does: the last four bytes say how long the data is, modulo 2^32 (RFC 1952).</summary>
    private void RequireWhole()
    {
        Span<byte> end = stackalloc byte[4];
        packed.Position = Math.Max(_start, packed.Length - end.Length);
        uint promised = packed.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) < end.Length ? ~(uint)_total : BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (promised != (uint)_total && !HasSecondMember())
        {
            throw new InvalidDataException($"{name}: the gzip data is damaged or truncated: it unpacks to {_total} bytes, but does not end with that length.");
        }
    }

    /// <summary>Whether another packed file may follow the first, as gzip allows; the length at the end is that of the last one alone.</summary>
    private bool HasSecondMember()
    {
        packed.Position = _start + Magic.Length;
        byte[] block = new byte[1 << 16];
        int kept = 0;
        while (packed.Read(block, kept, block.Length - kept) is > 0 and int read)
        {
            if (block.AsSpan(0, kept + read).IndexOf(Magic) >= 0)
            {
                return true;
            }

            // The magic may lie across two blocks.
            int known = kept + read;
            kept = Math.Min(Magic.Length - 1, known);
            block.AsSpan(known - kept, kept).CopyTo(block);
        }

        return false;
    }
}
