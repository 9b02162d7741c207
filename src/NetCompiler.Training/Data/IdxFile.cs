using System.Buffers.Binary;
using System.Globalization;

namespace NetCompiler;

/// <summary>
/// Reads IDX files, plain or gzip: the format of MNIST. Two zero bytes, a type, the number of dimensions, each dimension as a big-endian
/// 32-bit integer, then big-endian values. Source: the MNIST database's description.
/// </summary>
public static class IdxFile
{
    private const int BlockLength = 1 << 16;
    private const byte UnsignedByte = 0x08;

    // The largest size up to which a float holds every integer.
    private const int LargestInteger = 1 << 24;

    /// <summary>Reads a file of any element type.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no IDX file, is truncated, or goes on after its last value; or a value is not finite as a float, or an integer beyond 2^24, from where on a float
    /// does not hold every integer. The message names the value's index.
    /// </exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static IdxArray Read(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream stream = DataFile.Open(path, progress, cancellationToken);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string, IProgress{ReadProgress}?, CancellationToken)"/>
    /// <param name="stream">The data; unpacked where it is gzip and can seek.</param>
    /// <param name="name">What error messages call the data.</param>
    public static IdxArray Read(Stream stream, string name = "IDX data")
    {
        ArgumentNullException.ThrowIfNull(stream);
        Stream data = DataFile.Unpack(stream, name);
        (byte type, int[] shape) = ReadHeader(data, name);
        return new IdxArray(shape, ReadValues(data, name, type, shape, scale: 1));
    }

    /// <summary>Reads images of unsigned bytes as values from 0 to <paramref name="scale"/> times 255.</summary>
    /// <param name="path">The file: three dimensions (count, height, width).</param>
    /// <param name="scale">The factor of every byte, by default 1 / 255.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The shape (count, height, width) and the scaled values.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no IDX file of images, is truncated, or goes on after its last value.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static IdxArray ReadImages(string path, double scale = 1.0 / 255, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream data = DataFile.Open(path, progress, cancellationToken);
        (byte type, int[] shape) = ReadHeader(data, path);
        RequireKind(path, type, shape, 3, "images (3 dimensions)");
        return new IdxArray(shape, ReadValues(data, path, type, shape, scale));
    }

    /// <summary>Reads labels of unsigned bytes.</summary>
    /// <param name="path">The file: one dimension.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no IDX file of labels, is truncated, or goes on after its last value.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static int[] ReadLabels(string path, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using Stream data = DataFile.Open(path, progress, cancellationToken);
        (byte type, int[] shape) = ReadHeader(data, path);
        RequireKind(path, type, shape, 1, "labels (1 dimension)");
        return Array.ConvertAll(ReadValues(data, path, type, shape, scale: 1), value => (int)value);
    }

    /// <summary>Reads images and their labels, as many of one as of the other.</summary>
    /// <param name="imagesPath">The file of images.</param>
    /// <param name="labelsPath">The file of labels.</param>
    /// <param name="progress">Hears how far each file has been read, about a hundred times; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the numbers of images and labels differ.</exception>
    /// <exception cref="OperationCanceledException">The reading was canceled.</exception>
    public static LabeledImages ReadPair(
        string imagesPath, string labelsPath, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        int[] labels = ReadLabels(labelsPath, progress, cancellationToken);
        IdxArray images = ReadImages(imagesPath, progress: progress, cancellationToken: cancellationToken);
        return images.Count == labels.Length
            ? new LabeledImages(images.Values, labels, images.Shape[1], images.Shape[2])
            : throw new InvalidDataException($"{imagesPath} has {images.Count} images, but {labelsPath} has {labels.Length} labels.");
    }

    private static (byte Type, int[] Shape) ReadHeader(Stream data, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        int read = ReadAsMuch(data, magic);
        if (read < 4)
        {
            throw new InvalidDataException($"{name} has {read} bytes; an IDX file starts with 4 bytes of magic number.");
        }

        if (magic[0] != 0 || magic[1] != 0 || ElementSize(magic[2]) == 0 || magic[3] is 0 or > 8)
        {
            throw new InvalidDataException(
                $"{name} starts with {Convert.ToHexString(magic)}; an IDX file starts with 0000, a type (08, 09, 0B, 0C, 0D or 0E) and 1 to 8 dimensions, as 00000803 for images or 00000801 for labels.");
        }

        int[] shape = new int[magic[3]];
        Span<byte> sizes = stackalloc byte[4 * shape.Length];
        read = ReadAsMuch(data, sizes);
        if (read < sizes.Length)
        {
            throw new InvalidDataException($"{name} ends in its header: {shape.Length} dimensions need {sizes.Length} bytes, {read} are there.");
        }

        long total = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(sizes[(4 * i)..]);
            total = shape[i] < 0 || total > Array.MaxLength / Math.Max(1, shape[i]) ? -1 : total * shape[i];
            if (total < 0)
            {
                throw new InvalidDataException($"{name}: dimension {i} of {(uint)shape[i]} gives more values than an array can hold.");
            }
        }

        return (magic[2], shape);
    }

    private static void RequireKind(string name, byte type, int[] shape, int dimensions, string kind)
    {
        if (type != UnsignedByte || shape.Length != dimensions)
        {
            throw new InvalidDataException($"{name} has type {type:X2} and {shape.Length} dimensions; {kind} of unsigned bytes (type 08) were expected.");
        }
    }

    private static float[] ReadValues(Stream data, string name, byte type, int[] shape, double scale)
    {
        int total = shape.Aggregate(1, (product, size) => product * size), size = ElementSize(type);

        // A hostile header may promise gigabytes: memory grows with the data that really comes.
        float[] values = new float[Math.Min(total, 1 << 22)];
        byte[] block = new byte[BlockLength];
        for (int done = 0; done < total;)
        {
            int count = Math.Min(total - done, BlockLength / size);
            int read = ReadAsMuch(data, block.AsSpan(0, count * size));
            if (read < count * size)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{name} is truncated: its header ({string.Join(" x ", shape)}) promises {(long)total * size} bytes of data, {((long)done * size) + read} are there."));
            }

            if (done + count > values.Length)
            {
                Array.Resize(ref values, (int)Math.Min(total, 2L * values.Length));
            }

            Decode(block, type, scale, values.AsSpan(done, count));
            RequireHeld(block, name, type, values.AsSpan(done, count), done);
            done += count;
        }

        if (ReadAsMuch(data, block.AsSpan(0, 1)) > 0)
        {
            throw new InvalidDataException($"{name} goes on after the {(long)total * size} bytes of data that its header ({string.Join(" x ", shape)}) promises.");
        }

        return values;
    }

    private static void Decode(ReadOnlySpan<byte> block, byte type, double scale, Span<float> values)
    {
        int size = ElementSize(type);
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = block.Slice(i * size, size);
            values[i] = (float)(scale * type switch
            {
                UnsignedByte => element[0],
                0x09 => (sbyte)element[0],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(element),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(element),
                0x0D => BinaryPrimitives.ReadSingleBigEndian(element),
                _ => BinaryPrimitives.ReadDoubleBigEndian(element),
            });
        }
    }

    /// <summary>Refuses what a float does not hold: NaN, infinities and doubles that become one, integers that would be rounded.</summary>
    private static void RequireHeld(ReadOnlySpan<byte> block, string name, byte type, ReadOnlySpan<float> values, int first)
    {
        for (int i = 0; type >= 0x0C && i < values.Length; i++)
        {
            if (type == 0x0C && BinaryPrimitives.ReadInt32BigEndian(block[(4 * i)..]) is > LargestInteger or < -LargestInteger)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: value {first + i} is {BinaryPrimitives.ReadInt32BigEndian(block[(4 * i)..])}; a float holds integers exactly up to {LargestInteger} only."));
            }

            if (!float.IsFinite(values[i]))
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}: value {first + i} is {values[i]} as a float; finite values were expected."));
            }
        }
    }

    /// <summary>Reads until the buffer is full or the data ends; returns the number of bytes read.</summary>
    private static int ReadAsMuch(Stream data, Span<byte> buffer) => data.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    private static int ElementSize(byte type) => type switch
    {
        UnsignedByte or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => 0,
    };
}
