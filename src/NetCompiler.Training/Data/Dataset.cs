namespace NetCompiler;

/// <summary>
/// Samples for one network: its inputs, its targets and, where wanted, a weight per sample. A data set is a view that composes: parts, subsets, mapped, shuffled and
/// concatenated forms share what they are made of. Data in memory, and whatever can be made sample by sample, has random access; a stream is read from its first
/// sample to its last in every epoch. <c>Fit</c>, <c>Evaluate</c> and a loop of one's own (<see cref="Batches"/>) take either.
/// </summary>
public abstract partial class Dataset
{
    private protected Dataset(SampleSchema schema, int prefetch)
    {
        Schema = schema;
        PrefetchedCount = prefetch;
    }

    /// <summary>The number of samples.</summary>
    /// <exception cref="InvalidOperationException">The data set is a stream whose number of samples only reading it tells.</exception>
    public int Count => KnownCount ?? throw new InvalidOperationException(
        $"The number of samples of this stream is not known before it is read; declare it where the stream is made, or read it into memory with {nameof(Cache)}().");

    /// <summary>The number of samples, or null for a stream where only reading it tells.</summary>
    public abstract int? KnownCount { get; }

    /// <summary>Whether samples can be read in any order: everything but a stream.</summary>
    public abstract bool HasRandomAccess { get; }

    /// <summary>Whether samples have weights other than 1, or may have.</summary>
    public abstract bool HasSampleWeights { get; }

    internal SampleSchema Schema { get; }

    /// <summary>The number of batches that are read ahead on another thread.</summary>
    private protected int PrefetchedCount { get; }

    /// <summary>The samples, each changed by a function whenever it is read, on the thread that reads it.</summary>
    /// <param name="function">Changes a sample in place; what it does should depend on the sample, its position and its epoch alone, so that runs can be repeated.</param>
    /// <remarks>An exception of the function's reaches the reader as a <see cref="SampleException"/>, as does a NaN that is not declared, an infinity, and an integer, a weight or a target outside its range.</remarks>
    public abstract Dataset Map(SampleFunction function);

    /// <summary>
    /// The samples in an order that depends on the seed alone, and for a stream on the epoch: one with random access is shuffled as a whole (and by Fit anew in every
    /// epoch); of a stream, every sample is drawn from a buffer which the next one then enters.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="bufferSize">The number of a stream's samples held in memory: the larger, the better they are mixed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has no place.</exception>
    public abstract Dataset Shuffle(int seed, int bufferSize = 1024);

    /// <summary>The samples from <paramref name="start"/> on; those of a stream as far as there are any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part leaves the data set.</exception>
    public abstract Dataset Slice(int start, int count);

    /// <summary>The first samples: at most <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Slice(0, Math.Min(count, KnownCount ?? count));
    }

    /// <summary>The samples after the first <paramref name="count"/>: none where there are no more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public Dataset Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int start = Math.Min(count, KnownCount ?? count);
        return Slice(start, (KnownCount ?? int.MaxValue) - start);
    }

    /// <summary>
    /// Splits off the last samples, as Keras's validation split does before it shuffles: the second part has <paramref name="fraction"/> of all samples.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or leaves a part empty.</exception>
    /// <exception cref="InvalidOperationException">The number of samples is not known.</exception>
    public (Dataset First, Dataset Last) Split(double fraction)
    {
        int first = fraction is > 0 and < 1 ? (int)Math.Floor(Count * (1 - fraction)) : 0;
        RequireParts(fraction, first);
        return (Slice(0, first), Slice(first, Count - first));
    }

    /// <summary>Splits by chance: the second part, for testing, has <paramref name="fraction"/> of all samples.</summary>
    /// <param name="fraction">The share of the second part.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="stratified">Whether every class, as the first target says it, has its share (within one sample) in both parts.</param>
    /// <param name="progress">Is told of the samples whose classes are read for that, now and then and at the end.</param>
    /// <param name="cancellationToken">Ends that reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or leaves a part empty.</exception>
    /// <exception cref="InvalidOperationException">The data set has no random access, or no target that says a class.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public (Dataset Train, Dataset Test) Split(double fraction, int seed, bool stratified = false, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        IndexedDataset data = RequireRandomAccess(nameof(Split));
        int test = fraction is > 0 and < 1 ? (int)Math.Floor(Count * fraction) : 0;
        RequireParts(fraction, test);
        int[] parts = Stratification.Split(data.Count, fraction, test, seed, stratified ? data.Classes(new DataPass(progress, Count, cancellationToken)) : null, out int[] order);
        return (Subset([.. order.Where(i => parts[i] == 0)]), Subset([.. order.Where(i => parts[i] == 1)]));
    }

    /// <summary>The samples with the given indices, in their order; an index may come more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the data set.</exception>
    /// <exception cref="InvalidOperationException">The data set has no random access.</exception>
    public Dataset Subset(params ReadOnlySpan<int> indices) => RequireRandomAccess(nameof(Subset)).Choose(indices);

    /// <summary>The k ways to hold out one of k parts of equal size (within one sample), over a shuffled order.</summary>
    /// <param name="folds">The number of parts: from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="stratified">Whether every class, as the first target says it, is spread over the parts evenly (within one sample).</param>
    /// <param name="progress">Is told of the samples whose classes are read for that, now and then and at the end.</param>
    /// <param name="cancellationToken">Ends that reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 parts, or more than samples.</exception>
    /// <exception cref="InvalidOperationException">The data set has no random access, or no target that says a class.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Validation)> KFold(int folds, int seed = 0, bool stratified = false, IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        IndexedDataset data = RequireRandomAccess(nameof(KFold));
        int[]? classes = stratified ? data.Classes(new DataPass(progress, Count, cancellationToken)) : null;
        return [.. NetCompiler.KFold.Create(data.Count, folds, seed, classes).Select(fold => (Subset(fold.Train), Subset(fold.Validation)))];
    }

    /// <summary>The samples of this data set, then those of the others.</summary>
    /// <exception cref="ArgumentException">A data set was made for a network that takes other columns.</exception>
    public Dataset Concatenate(params ReadOnlySpan<Dataset> others)
    {
        Dataset[] parts = [this, .. others];
        foreach (Dataset part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(others));
            if (!Schema.HasShapeOf(part.Schema))
            {
                throw new ArgumentException($"A data set with {part.Schema} cannot follow one with {Schema}.", nameof(others));
            }
        }

        return parts.All(part => part is IndexedDataset)
            ? new IndexedDataset(new ConcatenatedSource([.. parts.Cast<IndexedDataset>()]), PrefetchedCount)
            : new StreamDataset(new ConcatenatedStream([.. parts.Select(part => part.ToStream())]), PrefetchedCount);
    }

    /// <summary>
    /// Reads all samples now and holds them in memory: what is made of files or by functions is made once, and a stream gets random access. Functions see epoch 0.
    /// </summary>
    /// <param name="progress">Is told of the samples that are read, now and then and at the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SampleException">A sample could not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Dataset Cache(IProgress<DataProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        // Few enough that functions which take their time can be stopped among them.
        const int BatchSize = 32;
        DataPass pass = new(progress, KnownCount, cancellationToken);
        SampleBuffer batch = new(Schema, BatchSize), all = new(Schema, KnownCount ?? BatchSize);
        using BatchEngine engine = CreateEngine(BatchSize, shuffleSeed: null);
        engine.Begin(epoch: 0, firstBatch: 0, cancellationToken);
        int filled = 0;
        while (ReadBatch() is > 0 and int count)
        {
            if (filled + count > all.Capacity)
            {
                all.Resize(checked(Math.Max(filled + count, 2 * all.Capacity)));
            }

            batch.CopyTo(all, 0, filled, count);
            filled += count;
            pass.Advance(count);
        }

        pass.End();
        all.Resize(filled);
        (DataColumn[] inputs, DataColumn[] targets) = all.ToColumns();
        return new IndexedDataset(new ColumnSource(inputs, targets), PrefetchedCount, HasSampleWeights ? all.Weights.ToArray() : default);

        int ReadBatch()
        {
            pass.ThrowIfCanceled();
            return engine.Read(batch);
        }
    }

    /// <summary>
    /// The same samples, of which batches are read ahead on a thread of their own, in the same order and with the same bits: functions, files and streams then work while
    /// the network trains. Where in a chain it stands makes no difference.
    /// </summary>
    /// <param name="batches">The number of batches held ready.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one batch.</exception>
    public Dataset Prefetch(int batches = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        return WithPrefetch(batches);
    }

    /// <summary>The same samples with one weight each: the factor of a sample's loss.</summary>
    /// <exception cref="ArgumentException">There are more or fewer weights than samples, or one is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The data set has no random access: a stream's function writes <see cref="Sample.Weight"/>.</exception>
    public Dataset WithSampleWeights(ReadOnlyMemory<float> weights) => RequireRandomAccess(nameof(WithSampleWeights)).Weigh(weights);

    /// <summary>A reader of the samples in batches, for a loop of one's own.</summary>
    /// <param name="batchSize">The number of samples of a batch; the last one of a pass may be smaller.</param>
    /// <param name="shuffleSeed">The seed of an order by chance in every pass; null keeps the order. A stream keeps its own: <see cref="Shuffle"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A batch has no sample.</exception>
    public BatchReader Batches(int batchSize, int? shuffleSeed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return new BatchReader(this, OpenBatches(batchSize, shuffleSeed), batchSize);
    }

    /// <summary>Copies samples into the staging columns of a training, with their weights where there are any. Allocates nothing where the data is in memory.</summary>
    /// <param name="training">A training of the network that the data set was made for.</param>
    /// <param name="indices">The indices of the samples, at most the training's batch size.</param>
    /// <exception cref="ArgumentException">There are more samples than the training plans for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the data set.</exception>
    /// <exception cref="InvalidOperationException">The data set has no random access.</exception>
    /// <exception cref="SampleException">A sample could not be read.</exception>
    public void CopyBatch(ITraining training, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(training);
        RequireRandomAccess(nameof(CopyBatch)).CopyChecked(training, indices);
    }

    /// <summary>The batches, read ahead where that was asked for.</summary>
    internal BatchEngine OpenBatches(int batchSize, int? shuffleSeed = null)
    {
        BatchEngine engine = CreateEngine(batchSize, shuffleSeed);
        return PrefetchedCount > 0 ? new PrefetchedBatches(engine, Schema, batchSize, PrefetchedCount) : engine;
    }

    internal static void CheckWeights(ReadOnlySpan<float> weights, int count)
    {
        if (weights.Length != count)
        {
            throw new ArgumentException($"There are {weights.Length} sample weights, but {count} samples.", nameof(weights));
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw new ArgumentException($"Sample weight {i} is {weights[i].ToString(System.Globalization.CultureInfo.InvariantCulture)}; weights are finite and at least 0.", nameof(weights));
            }
        }
    }

    private protected abstract Dataset WithPrefetch(int batches);

    private protected abstract BatchEngine CreateEngine(int batchSize, int? shuffleSeed);

    private protected abstract StreamSource ToStream();

    private IndexedDataset RequireRandomAccess(string operation) => this as IndexedDataset ?? throw new InvalidOperationException(
        $"{operation} needs samples in any order, but this data set is a stream: read it into memory with {nameof(Cache)}(), or make it of items by their index.");

    private void RequireParts(double fraction, int part)
    {
        if (part == 0 || part == Count)
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, $"A split of {Count} samples by this fraction leaves a part empty; it must be between 0 and 1.");
        }
    }
}
