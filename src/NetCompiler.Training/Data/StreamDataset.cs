namespace NetCompiler;

/// <summary>A data set that is read from its first sample to its last.</summary>
internal sealed class StreamDataset(StreamSource source, int prefetch) : Dataset(source.Schema, prefetch)
{
    public override int? KnownCount => source.Count;

    public override bool HasRandomAccess => false;

    public override bool HasSampleWeights => true;

    public override Dataset Map(SampleFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new StreamDataset(new MappedStream(source, function), PrefetchedCount);
    }

    public override Dataset Shuffle(int seed, int bufferSize = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        return new StreamDataset(new ShuffledStream(source, seed, bufferSize), PrefetchedCount);
    }

    public override Dataset Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new StreamDataset(new SlicedStream(source, start, count), PrefetchedCount);
    }

    private protected override Dataset WithPrefetch(int batches) => new StreamDataset(source, batches);

    private protected override BatchEngine CreateEngine(int batchSize, int? shuffleSeed) => new StreamBatches(source, batchSize);

    private protected override StreamSource ToStream() => source;
}
