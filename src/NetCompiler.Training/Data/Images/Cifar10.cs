namespace NetCompiler;

/// <summary>
/// Reads CIFAR-10's binary version, plain or gzip: records of 3,073 bytes, one of the label, then the red, the green and the blue plane of 32 x 32
/// bytes. Source: the data set's description by A. Krizhevsky.
/// </summary>
public static class Cifar10
{
    /// <summary>Height and width of an image.</summary>
    public const int Size = 32;

    /// <summary>The values of a pixel: red, green, blue.</summary>
    public const int Channels = 3;

    private const int PlaneLength = Size * Size;
    private const int RecordLength = 1 + (Channels * PlaneLength);

    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The names of the classes, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = Array.AsReadOnly(Classes);

    /// <summary>Reads training and test images of a folder: data_batch_1.bin to data_batch_5.bin, as many as there are, and test_batch.bin; each may end in .gz.</summary>
    /// <param name="folder">The folder with the files.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no training file or no test file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names file, record and byte.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static (LabeledImages Train, LabeledImages Test) Load(
        string folder, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] batches = [.. Enumerable.Range(1, 5).Select(batch => Find(folder, $"data_batch_{batch}.bin")).OfType<string>()];
        if (batches.Length == 0)
        {
            throw new FileNotFoundException($"\"{folder}\" has none of data_batch_1.bin to data_batch_5.bin, nor one of them with .gz.", Path.Combine(folder, "data_batch_1.bin"));
        }

        string test = Find(folder, "test_batch.bin")
            ?? throw new FileNotFoundException($"\"{folder}\" has neither test_batch.bin nor test_batch.bin.gz.", Path.Combine(folder, "test_batch.bin"));
        LabeledImages[] parts = [.. batches.Select(batch => Read(batch, progress, cancellationToken))];
        return (Create([.. parts.SelectMany(part => part.Images)], [.. parts.SelectMany(part => part.Labels)]), Read(test, progress, cancellationToken));
    }

    /// <summary>Reads the records of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Images of (32, 32, 3), channels last, from 0 to 1, with their labels.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file has no record, its length is no multiple of the record, a label is above 9, or the gzip data is damaged; the message names file, record and byte.
    /// </exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static LabeledImages Read(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream stream = DataFile.Open(path, progress, cancellationToken);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string, IProgress{ReadProgress}?, CancellationToken)"/>
    /// <param name="stream">The records; unpacked where they are gzip and the stream can seek.</param>
    /// <param name="name">What error messages call the data.</param>
    public static LabeledImages Read(Stream stream, string name = "CIFAR-10 data")
    {
        ArgumentNullException.ThrowIfNull(stream);
        Stream data = DataFile.Unpack(stream, name);
        List<int> labels = [];
        float[] images = [];
        byte[] record = new byte[RecordLength];
        while (ReadRecord(data, record, labels.Count, name))
        {
            int start = labels.Count * Channels * PlaneLength;
            if (images.Length == start)
            {
                // Memory grows with the data that really comes.
                Array.Resize(ref images, Math.Max(100 * Channels * PlaneLength, 2 * start));
            }

            labels.Add(record[0]);
            FromPlanes(record.AsSpan(1), images.AsSpan(start, Channels * PlaneLength));
        }

        Array.Resize(ref images, labels.Count * Channels * PlaneLength);
        return Create(images, [.. labels]);
    }

    /// <summary>Reads one record; false at the end of the data.</summary>
    private static bool ReadRecord(Stream data, byte[] record, int index, string name)
    {
        string place = $"record {index} (from byte {(long)index * RecordLength} on)";
        int read;
        try
        {
            read = data.ReadAtLeast(record, RecordLength, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{exception.Message} It was to give {place}.", exception);
        }

        if (read == 0 && index == 0)
        {
            throw new InvalidDataException($"{name} is empty; a CIFAR-10 file has records of {RecordLength} bytes.");
        }

        if (read is > 0 and < RecordLength)
        {
            throw new InvalidDataException($"{name}: {place} has {read} bytes of {RecordLength}; the length of a CIFAR-10 file is a multiple of the record.");
        }

        if (read > 0 && record[0] >= Classes.Length)
        {
            throw new InvalidDataException($"{name}: {place} has the label {record[0]}; labels are 0 to {Classes.Length - 1}.");
        }

        return read > 0;
    }

    private static void FromPlanes(ReadOnlySpan<byte> planes, Span<float> image)
    {
        for (int pixel = 0; pixel < PlaneLength; pixel++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                image[(pixel * Channels) + channel] = planes[(channel * PlaneLength) + pixel] * (1 / 255f);
            }
        }
    }

    private static LabeledImages Create(float[] images, int[] labels) => new(images, labels, Size, Size) { Channels = Channels };

    private static string? Find(string folder, string name) => new[] { name, name + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
}
