using System.Runtime.CompilerServices;

namespace NetCompiler;

/// <summary>A data set with random access: rows of a source, and a weight of its own per position.</summary>
internal sealed class IndexedDataset : Dataset
{
    private const int RowsAtOnce = 128;

    // Kept with their training and let go with it: copying a batch allocates nothing.
    private static readonly ConditionalWeakTable<ITraining, TrainingStage> Stages = [];

    private readonly SampleSource _source;

    // By position, as the rows are, not by row: a row that comes twice may have two weights.
    private readonly ReadOnlyMemory<float> _sampleWeights;
    private readonly int[]? _rows;
    private readonly int _start;
    private readonly int _count;

    public IndexedDataset(SampleSource source, int prefetch, ReadOnlyMemory<float> sampleWeights = default)
        : this(source, prefetch, sampleWeights, null, 0, source.Count)
    {
    }

    private IndexedDataset(SampleSource source, int prefetch, ReadOnlyMemory<float> sampleWeights, int[]? rows, int start, int count)
        : base(source.Schema, prefetch)
    {
        _source = source;
        _sampleWeights = sampleWeights;
        _rows = rows;
        _start = start;
        _count = count;
    }

    public override int? KnownCount => _count;

    public override bool HasRandomAccess => true;

    public override bool HasSampleWeights => !_sampleWeights.IsEmpty || _source.HasWeights;

    public override Dataset Map(SampleFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new IndexedDataset(new MappedSource(this, function), PrefetchedCount);
    }

    public override Dataset Shuffle(int seed, int bufferSize = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        int[] order = new int[_count];
        Permutation.Fill(order, seed, epoch: 0);
        return Choose(order);
    }

    public override Dataset Slice(int start, int count)
    {
        if (start < 0 || count < 0 || start > _count - count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"Samples {start} to {start + (long)count - 1} leave the data set of {_count}.");
        }

        return new IndexedDataset(_source, PrefetchedCount, _sampleWeights, _rows, _start + start, count);
    }

    /// <summary>The samples with the given indices.</summary>
    public IndexedDataset Choose(ReadOnlySpan<int> indices)
    {
        int[] rows = new int[indices.Length];
        float[] weights = new float[_sampleWeights.IsEmpty ? 0 : rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            if ((uint)indices[i] >= (uint)_count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"Index {i} is {indices[i]}, outside the data set of {_count} samples.");
            }

            rows[i] = RowOf(indices[i]);
            if (weights.Length > 0)
            {
                weights[i] = _sampleWeights.Span[_start + indices[i]];
            }
        }

        return new IndexedDataset(_source, PrefetchedCount, weights, rows, 0, rows.Length);
    }

    /// <summary>The same samples with weights of their own.</summary>
    public IndexedDataset Weigh(ReadOnlyMemory<float> weights)
    {
        CheckWeights(weights.Span, _count);
        float[] all = new float[_start + _count];
        weights.Span.CopyTo(all.AsSpan(_start));
        return new IndexedDataset(_source, PrefetchedCount, all, _rows, _start, _count);
    }

    /// <summary>The class of every sample, as the first target says it.</summary>
    /// <exception cref="InvalidOperationException">There is no target, or it says several classes.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public int[] Classes(DataPass pass)
    {
        if (Schema.Targets.Length == 0 || (Schema.Targets[0].IsInteger && Schema.Targets[0].Length != 1))
        {
            throw new InvalidOperationException($"Stratification needs a first target that says one class per sample; the data set has {Schema}.");
        }

        SampleBuffer scratch = new(Schema, 1);
        int[] classes = new int[_count];
        for (int i = 0; i < classes.Length; i++)
        {
            pass.ThrowIfCanceled();
            classes[i] = _source.ClassOf(RowOf(i), scratch);
            pass.Advance();
        }

        pass.End();

        return classes;
    }

    /// <summary>Writes samples and weights. Positions are left to the caller.</summary>
    public void Copy(ReadOnlySpan<int> indices, SampleStage stage, int at, int epoch)
    {
        Span<int> rows = stackalloc int[Math.Min(indices.Length, RowsAtOnce)];
        for (int done = 0; done < indices.Length; done += rows.Length)
        {
            ReadOnlySpan<int> part = indices.Slice(done, Math.Min(rows.Length, indices.Length - done));
            for (int i = 0; i < part.Length; i++)
            {
                rows[i] = RowOf(part[i]);
            }

            _source.Copy(rows[..part.Length], stage, at + done, epoch);
        }

        if (!_sampleWeights.IsEmpty)
        {
            ReadOnlySpan<float> weights = _sampleWeights.Span[_start..];
            Span<float> destination = stage.Weights[at..];
            for (int i = 0; i < indices.Length; i++)
            {
                destination[i] = weights[indices[i]];
            }
        }
    }

    /// <summary>Copies samples into a training's columns.</summary>
    public void CopyChecked(ITraining training, ReadOnlySpan<int> indices)
    {
        if (indices.Length > training.BatchSize)
        {
            throw new ArgumentException($"The batch has {indices.Length} samples, but the training was made for at most {training.BatchSize}.", nameof(indices));
        }

        foreach (int index in indices)
        {
            if ((uint)index >= (uint)_count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"There is no sample {index} in the data set of {_count}.");
            }
        }

        Copy(indices, Stages.GetValue(training, static training => new TrainingStage(training, training.BatchSize)), 0, epoch: 0);
    }

    private protected override Dataset WithPrefetch(int batches) => new IndexedDataset(_source, batches, _sampleWeights, _rows, _start, _count);

    private protected override BatchEngine CreateEngine(int batchSize, int? shuffleSeed) => new IndexedBatches(this, batchSize, shuffleSeed);

    private protected override StreamSource ToStream() => new IndexedStream(this);

    private int RowOf(int index) => _rows is null ? _start + index : _rows[_start + index];
}
