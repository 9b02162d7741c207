using System.Buffers.Binary;
using System.Globalization;

namespace NetCompiler;

/// <summary>
/// Writes an event file that TensorBoard reads: records in TensorFlow's TFRecord format, each an Event message with a scalar, a histogram or a text. Every file is a new
/// one; TensorBoard shows all files of a folder as one run. Not safe for several threads at once.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private static int _files;

    private readonly FileStream _stream;

    /// <summary>Begins a file in a folder, which is made where it is missing.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public EventFileWriter(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():0000000000}.netcompiler.{Environment.ProcessId}.{Interlocked.Increment(ref _files):000000}");
        Path = System.IO.Path.Combine(folder, name);
        _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(NewEvent(0).Text(EventFields.Event.FileVersion, EventFields.FileVersion));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Adds a point to the curve of a tag.</summary>
    /// <param name="tag">The name of the curve; a slash groups.</param>
    /// <param name="step">The place on the horizontal axis.</param>
    /// <param name="value">The value, kept as a float; NaN and infinities are shown as such.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteScalar(string tag, long step, double value)
        => WriteValue(step, NewValue(tag).Number(EventFields.Value.Simple, (float)value));

    /// <summary>Adds a histogram of values.</summary>
    /// <param name="tag">The name of the histogram; a slash groups.</param>
    /// <param name="step">The place on the horizontal axis.</param>
    /// <param name="values">The values; only finite ones count.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteHistogram(string tag, long step, ReadOnlySpan<float> values)
    {
        EventHistogram histogram = EventHistogram.Of(values);
        ProtobufWriter message = new ProtobufWriter()
            .Number(EventFields.Histogram.Minimum, histogram.Minimum)
            .Number(EventFields.Histogram.Maximum, histogram.Maximum)
            .Number(EventFields.Histogram.Count, histogram.Count)
            .Number(EventFields.Histogram.Sum, histogram.Sum)
            .Number(EventFields.Histogram.SumOfSquares, histogram.SumOfSquares)
            .Numbers(EventFields.Histogram.Limits, [.. histogram.Limits])
            .Numbers(EventFields.Histogram.Buckets, [.. histogram.Buckets]);
        WriteValue(step, NewValue(tag).Message(EventFields.Value.Histogram, message));
    }

    /// <summary>Adds a text, which TensorBoard shows as Markdown.</summary>
    /// <param name="tag">The name of the text; a slash groups.</param>
    /// <param name="step">The place on the horizontal axis.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteText(string tag, long step, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ProtobufWriter shape = new ProtobufWriter().Message(EventFields.Tensor.Dimension, new ProtobufWriter().Integer(EventFields.Tensor.Size, 1));
        ProtobufWriter tensor = new ProtobufWriter()
            .Integer(EventFields.Tensor.Type, EventFields.StringType)
            .Message(EventFields.Tensor.Shape, shape)
            .Text(EventFields.Tensor.Strings, text);
        ProtobufWriter plugin = new ProtobufWriter().Text(EventFields.Metadata.PluginName, EventFields.TextPlugin);
        ProtobufWriter metadata = new ProtobufWriter().Message(EventFields.Metadata.PluginData, plugin);
        WriteValue(step, NewValue(tag).Message(EventFields.Value.Tensor, tensor).Message(EventFields.Value.Metadata, metadata));
    }

    /// <summary>Says that a run goes on at a step: TensorBoard forgets what older files of the folder hold from there on.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteRestart(long step)
        => Write(NewEvent(step).Message(EventFields.Event.SessionLog, new ProtobufWriter().Integer(EventFields.SessionLog.Status, EventFields.SessionStart)));

    /// <summary>Hands everything to the operating system, so that a TensorBoard that runs sees it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush() => _stream.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static ProtobufWriter NewEvent(long step)
    {
        double seconds = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        return new ProtobufWriter().Number(EventFields.Event.WallTime, seconds).Integer(EventFields.Event.Step, step);
    }

    private static ProtobufWriter NewValue(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return new ProtobufWriter().Text(EventFields.Value.Tag, tag);
    }

    private void WriteValue(long step, ProtobufWriter value)
        => Write(NewEvent(step).Message(EventFields.Event.Summary, new ProtobufWriter().Message(EventFields.Summary.Value, value)));

    /// <summary>One record: the length, its masked checksum, the data, its masked checksum; little endian.</summary>
    private void Write(ProtobufWriter message)
    {
        ReadOnlySpan<byte> data = message.Bytes;
        Span<byte> head = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ulong)..], Crc32C.ComputeMasked(head[..sizeof(ulong)]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Crc32C.ComputeMasked(data));
        _stream.Write(head);
        _stream.Write(data);
        _stream.Write(tail);
    }
}
