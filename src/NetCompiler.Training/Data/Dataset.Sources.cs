namespace NetCompiler;

/// <content>Where samples come from.</content>
public abstract partial class Dataset
{
    /// <summary>Checks columns against a network: its inputs, then its targets, in declaration order.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <exception cref="ArgumentException">A column is missing, of the wrong kind, of another length than the others ask for, or has a NaN or an infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A token or a class is outside its range, or a target outside what its loss takes (0 to 1 for crossentropies and the Kullback-Leibler divergence, -1 and 1 for the hinge
    /// loss); the message names the row.
    /// </exception>
    public static Dataset Create<TNetwork>(params ReadOnlySpan<Column> columns)
        where TNetwork : INetwork<TNetwork>
        => Create(TNetwork.Description, columns);

    /// <inheritdoc cref="Create{TNetwork}(ReadOnlySpan{Column})"/>
    /// <param name="description">What the network takes.</param>
    /// <param name="columns">Its inputs, then its targets.</param>
    public static Dataset Create(NetworkDescription description, params ReadOnlySpan<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(description);
        int inputs = description.Inputs.Count, targets = description.Targets.Count;
        if (columns.Length != inputs + targets)
        {
            string expected = string.Join(", ", description.Inputs.Select(input => $"input \"{input.Name}\"").Concat(description.Targets.Select(target => $"target \"{target.Name}\"")));
            throw new ArgumentException($"{description.Name} takes {inputs + targets} columns ({expected}), but {columns.Length} were given.", nameof(columns));
        }

        DatasetBuilder builder = new(description);
        for (int i = 0; i < columns.Length; i++)
        {
            if (i < inputs)
            {
                builder.Input(description.Inputs[i].Name, columns[i]);
            }
            else
            {
                builder.Target(description.Targets[i - inputs].Name, columns[i]);
            }
        }

        return builder.Build();
    }

    /// <summary>Samples made of items by their index, when they are asked for: names of files, rows of a table. They have random access.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TItem">What a sample is made of.</typeparam>
    /// <param name="items">The items; read from several threads where samples are read ahead.</param>
    /// <param name="write">Writes the sample of an item; it starts with zeros and the weight 1.</param>
    /// <param name="allowMissing">Whether NaN stands for a missing value in the inputs; otherwise it is refused.</param>
    public static Dataset FromItems<TNetwork, TItem>(IReadOnlyList<TItem> items, SampleWriter<TItem> write, bool allowMissing = false)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        return new IndexedDataset(new ItemSource<TItem>(SampleSchema.Of(TNetwork.Description, allowMissing), items, write), prefetch: 0);
    }

    /// <summary>One sample per file of a folder, in ordinal order of their names, read when it is asked for. They have random access.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="folder">The folder.</param>
    /// <param name="pattern">Which names are meant, as <c>*.wav</c>.</param>
    /// <param name="write">Writes the sample of the file with a path.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    public static Dataset FromFiles<TNetwork>(string folder, string pattern, SampleWriter<string> write)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] paths = Directory.GetFiles(folder, pattern);
        Array.Sort(paths, StringComparer.Ordinal);
        return paths.Length > 0 ? FromItems<TNetwork, string>(paths, write) : throw new FileNotFoundException($"{folder} has no file \"{pattern}\".");
    }

    /// <summary>A stream of samples made of a sequence, which is enumerated anew in every epoch.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TItem">What a sample is made of.</typeparam>
    /// <param name="items">The sequence.</param>
    /// <param name="write">Writes the sample of an item; it starts with zeros and the weight 1.</param>
    /// <param name="count">The number of items where it is known; an epoch that has fewer or more is an error, and of a longer sequence <see cref="Take"/> reads a part.</param>
    /// <param name="allowMissing">Whether NaN stands for a missing value in the inputs; otherwise it is refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Dataset FromStream<TNetwork, TItem>(IEnumerable<TItem> items, SampleWriter<TItem> write, int? count = null, bool allowMissing = false)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        return new StreamDataset(new SequenceSource<TItem>(SampleSchema.Of(TNetwork.Description, allowMissing), items, write, count), prefetch: 0);
    }

    /// <inheritdoc cref="FromStream{TNetwork, TItem}(IEnumerable{TItem}, SampleWriter{TItem}, int?, bool)"/>
    public static Dataset FromStream<TNetwork, TItem>(IAsyncEnumerable<TItem> items, SampleWriter<TItem> write, int? count = null, bool allowMissing = false)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        return new StreamDataset(new AsyncSequenceSource<TItem>(SampleSchema.Of(TNetwork.Description, allowMissing), items, write, count), prefetch: 0);
    }

    /// <summary>A stream of the rows of a CSV file, plain or gzip, of which one is held at a time.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the sample of the reader's current row.</param>
    /// <param name="options">The form of the file.</param>
    /// <param name="count">The number of rows where it is known.</param>
    /// <param name="allowMissing">Whether NaN stands for a missing value in the inputs; otherwise it is refused.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or its header is malformed.</exception>
    public static Dataset FromCsv<TNetwork>(string path, SampleWriter<CsvReader> write, CsvOptions? options = null, int? count = null, bool allowMissing = false)
        where TNetwork : INetwork<TNetwork>
    {
        // What can be found out at once is.
        using (new CsvReader(path, options))
        {
        }

        return FromStream<TNetwork, CsvReader>(CsvReader.Rows(path, options), write, count, allowMissing);
    }

    /// <summary>A stream of the records of a file, plain or gzip, all of one length; one is held at a time.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="recordLength">The bytes of a record.</param>
    /// <param name="decode">Writes the sample of a record.</param>
    /// <param name="headerLength">The bytes before the first record.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no header and a whole number of records; of a gzip file, reading tells.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The record has no byte, or the header a negative number of them.</exception>
    public static Dataset FromRecords<TNetwork>(string path, int recordLength, RecordDecoder decode, int headerLength = 0)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(decode);
        ArgumentOutOfRangeException.ThrowIfLessThan(recordLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(headerLength);
        return new StreamDataset(new RecordFileSource(SampleSchema.Of(TNetwork.Description), path, recordLength, decode, headerLength), prefetch: 0);
    }
}
