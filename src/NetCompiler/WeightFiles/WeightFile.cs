using System.ComponentModel;
using Microsoft.Win32.SafeHandles;

namespace NetCompiler;

/// <summary>Writes the weights of a network to files and reads them back: what the generated <c>Save</c> and <c>Load</c> call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightFile
{
    /// <summary>
    /// Writes all weights: as JSON when the name ends in .json, otherwise as safetensors. The file appears under its name once it is
    /// complete and on the disk; until then, and if anything fails, an older file of that name stays as it was.
    /// </summary>
    /// <exception cref="WeightFileException">A weight is NaN or infinite, or the file cannot be written; the message says why.</exception>
    public static void Save(INetwork network, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireFinite(network);
        try
        {
            AtomicFile.Write(path, stream =>
            {
                if (IsJsonName(path))
                {
                    JsonWeightWriter.Write(network, stream);
                }
                else
                {
                    SafetensorsWriter.Write(network, stream);
                }
            });
        }
        catch (Exception exception) when (exception is not WeightFileException and (IOException or UnauthorizedAccessException))
        {
            // What the system says may lack it.
            string stop = exception.Message.EndsWith('.') ? "" : ".";
            throw new WeightFileException(
                $"The weights of {network.Description.Name} cannot be written to {path}: {exception.Message}{stop} Nothing was changed there.", innerException: exception);
        }
    }

    /// <summary>Writes all weights as safetensors, and leaves the stream open.</summary>
    /// <exception cref="WeightFileException">
    /// A weight is NaN or infinite, and nothing was written; or the stream failed: the message names the weight, and what was written is of no use.
    /// </exception>
    public static void Save(INetwork network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireFinite(network);
        SafetensorsWriter.Write(network, stream);
        Guarded(network, null, stream.Flush);
    }

    /// <summary>Reads weights from a file of either format into a network. Nothing is changed unless everything fits.</summary>
    /// <exception cref="WeightFileException">The file cannot be read, is damaged or belongs to another network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static WeightLoadReport Load(INetwork network, string path, WeightLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file;
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            if (ExactWeightFile.TryLoad(network, handle, options) is { } report)
            {
                return report;
            }

            file = ReadAll(handle);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not (FileNotFoundException or DirectoryNotFoundException)))
        {
            // Of a folder, the system says that access to it is denied.
            string reason = Directory.Exists(path) ? "it is a folder, not a file." : exception.Message;
            throw new WeightFileException($"The weights of {network.Description.Name} cannot be read from {path}: {reason}", innerException: exception);
        }

        return Load(network, file, options, path);
    }

    /// <summary>Reads weights from a stream, to its end.</summary>
    /// <exception cref="WeightFileException">The stream failed, or the file is damaged or belongs to another network.</exception>
    public static WeightLoadReport Load(INetwork network, Stream stream, WeightLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream copy = new();
        try
        {
            stream.CopyTo(copy);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new WeightFileException(
                $"Reading the weights of {network.Description.Name} failed after {copy.Length} bytes, and nothing was changed: {exception.Message}", innerException: exception);
        }

        return Load(network, copy.GetBuffer().AsSpan(0, (int)copy.Length), options, "The stream");
    }

    /// <summary>Reads weights from the bytes of a file.</summary>
    /// <exception cref="WeightFileException">The file is damaged or belongs to another network.</exception>
    public static WeightLoadReport Load(INetwork network, ReadOnlySpan<byte> file, WeightLoadOptions? options = null) =>
        Load(network, file, options, "The file");

    // What Load always refuses must not replace a good file, nor be half-way in a stream when it is found.
    private static void RequireFinite(INetwork network)
    {
        foreach (WeightView weight in network.Weights)
        {
            WeightValues.RequireFinite(
                weight.ToArray(), weight.Name, weight.Shape, $"The weights of {network.Description.Name} were not saved, as no file with this value can be loaded, and nothing was written");
        }
    }

    /// <summary>Writes to a stream, and turns its failure into one that says what was being written.</summary>
    internal static void Guarded(INetwork network, string? tensor, Action write) => Guarded($"the weights of {network.Description.Name}", tensor, write);

    /// <summary>Writes to a stream, and turns its failure into one that says what was being written.</summary>
    internal static void Guarded(string title, string? tensor, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new WeightFileException(
                $"Writing {title} failed at {tensor ?? "the header or the end"}: {exception.Message}", tensor, innerException: exception);
        }
    }

    // From the handle that is open: a pipe can be opened only once.
    private static byte[] ReadAll(SafeFileHandle handle)
    {
        using FileStream stream = new(handle, FileAccess.Read, bufferSize: 0);
        using MemoryStream copy = stream.CanSeek ? new(checked((int)Math.Min(stream.Length, Array.MaxLength))) : new();
        stream.CopyTo(copy);
        return copy.Length == copy.GetBuffer().Length ? copy.GetBuffer() : copy.ToArray();
    }

    private static WeightLoadReport Load(INetwork network, ReadOnlySpan<byte> file, WeightLoadOptions? options, string source) =>
        ExactWeightFile.TryLoad(network, file, options) ?? LoadThoroughly(network, file, options, source);

    // Whatever the file's format, order and names; and what is wrong with it.
    private static WeightLoadReport LoadThoroughly(INetwork network, ReadOnlySpan<byte> file, WeightLoadOptions? options, string source)
    {
        options ??= new WeightLoadOptions();
        WeightFileContent content = IsJson(file) ? JsonWeightReader.Read(file, source) : SafetensorsReader.Read(file, source);
        string? ownKey = options.Convention == WeightConvention.NetCompiler ? WeightFileKeys.FirstOf(content.Metadata) : null;
        string? version = content.Metadata.GetValueOrDefault(WeightFileKeys.Version);
        if (ownKey is not null && version != WeightFileKeys.CurrentVersion)
        {
            string finding = version is null ? $"\"{ownKey}\" but no \"{WeightFileKeys.Version}\" in its metadata" : $"the format version {version}";
            throw new WeightFileException($"{source} has {finding}, but this library reads version {WeightFileKeys.CurrentVersion}.");
        }

        WeightMatch match = WeightMatch.Run(network, content, options, source);

        // Everything that can fail comes before the first change.
        float[][] values = new float[match.Pairs.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            (WeightView weight, WeightForm form, FileTensor[] tensors) = match.Pairs[i];
            float[][] parts = new float[tensors.Length][];
            for (int part = 0; part < parts.Length; part++)
            {
                parts[part] = tensors[part].Read(file);
            }

            values[i] = form.Arrange(parts);
            WeightValues.RequireFinite(values[i], weight.Name, weight.Shape, $"{source} was refused, and nothing was changed");
        }

        for (int i = 0; i < values.Length; i++)
        {
            match.Pairs[i].Weight.CopyFrom(values[i]);
        }

        if (ownKey is not null)
        {
            network.Metadata.Clear();
            foreach ((string key, string value) in content.Metadata.Where(entry => !entry.Key.StartsWith(WeightFileKeys.Prefix, StringComparison.Ordinal)))
            {
                network.Metadata[key] = value;
            }
        }

        return new WeightLoadReport([.. match.Pairs.Select(pair => pair.Weight.Name)], match.Missing, match.Unused);
    }

    // JSON begins with a brace and has no zero byte; the length at the front of a safetensors file below 2^56 bytes has.
    private static bool IsJson(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, sizeof(ulong))];
        ReadOnlySpan<byte> skipped = [0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n'];
        return start.TrimStart(skipped) is [(byte)'{', ..] && !start.Contains((byte)0);
    }

    private static bool IsJsonName(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
