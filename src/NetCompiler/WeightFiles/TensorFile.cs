using System.ComponentModel;

namespace NetCompiler;

/// <summary>A safetensors file of any named arrays and texts: what a checkpoint is made of. Loading weights from it takes the arrays that bear their names.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorFile
{
    // Files are read whole: an array of bytes, less the largest header.
    private const long LargestData = int.MaxValue - 101_000_000;

    /// <summary>The texts that a weight file of the network has, the user's among them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> MetadataOf(INetwork network) => WeightFileKeys.Of(network);

    /// <summary>Writes texts and arrays, and leaves the stream open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="title">What is written, in the words of error messages.</param>
    /// <param name="metadata">The texts.</param>
    /// <param name="tensors">The arrays, with distinct names.</param>
    /// <exception cref="WeightFileException">The stream failed, or the file would be larger than can be read.</exception>
    public static void Write(Stream stream, string title, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        long bytes = tensors.Sum(tensor => (long)tensor.Values.Length * sizeof(float));
        if (bytes > LargestData)
        {
            throw new WeightFileException($"Writing {title} needs {bytes} bytes of values; at most {LargestData} can be read back.");
        }

        SafetensorsWriter.Write(stream, title, metadata, [.. tensors.Select(tensor => new TensorSource(tensor.Name, [.. tensor.Shape], tensor.Values.Length, () => tensor.Values))]);
    }

    /// <summary>Reads all texts and arrays.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="source">The file's name in error messages.</param>
    /// <param name="metadata">The texts.</param>
    /// <exception cref="WeightFileException">The file is damaged, or has an array of another type than F32.</exception>
    public static IReadOnlyList<NamedTensor> Read(ReadOnlySpan<byte> file, string source, out IReadOnlyDictionary<string, string> metadata)
    {
        WeightFileContent content = SafetensorsReader.Read(file, source);
        metadata = content.Metadata;
        NamedTensor[] tensors = new NamedTensor[content.Tensors.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            FileTensor tensor = content.Tensors[i];
            if (tensor.DataType != "F32")
            {
                throw new WeightFileException($"The tensor \"{tensor.Name}\" of {source} holds {tensor.DataType}, but F32 is expected.", tensor.Name);
            }

            tensors[i] = new NamedTensor(tensor.Name, tensor.Shape, tensor.Read(file));
        }

        return tensors;
    }

    /// <summary>The bytes of values as the file holds them.</summary>
    public static ReadOnlySpan<byte> BytesOf(ReadOnlySpan<float> values) => SafetensorsWriter.LittleEndian(values);
}

/// <summary>An array with a name and a shape.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The shape; its product is the number of values.</param>
/// <param name="Values">The values, row-major.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);
