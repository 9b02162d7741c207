namespace NetCompiler;

/// <summary>
/// Samples for one network: its inputs, its targets and, where wanted, a weight per sample. A data set is a view: parts, subsets and
/// shuffled forms share the columns.
/// </summary>
public sealed class Dataset
{
    private readonly DataColumn[] _inputs;
    private readonly DataColumn[] _targets;

    // By position, as the rows are, not by row: a row that comes twice may have two weights.
    private readonly ReadOnlyMemory<float> _sampleWeights;
    private readonly int[]? _rows;
    private readonly int _start;

    internal Dataset(DataColumn[] inputs, DataColumn[] targets, ReadOnlyMemory<float> sampleWeights)
        : this(inputs, targets, sampleWeights, null, 0, inputs[0].Count)
    {
    }

    private Dataset(DataColumn[] inputs, DataColumn[] targets, ReadOnlyMemory<float> sampleWeights, int[]? rows, int start, int count)
    {
        _inputs = inputs;
        _targets = targets;
        _sampleWeights = sampleWeights;
        _rows = rows;
        _start = start;
        Count = count;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>Whether every sample has a weight.</summary>
    public bool HasSampleWeights => !_sampleWeights.IsEmpty;

    internal ReadOnlySpan<DataColumn> Inputs => _inputs;

    internal ReadOnlySpan<DataColumn> Targets => _targets;

    /// <summary>Checks columns against a network: its inputs, then its targets, in declaration order.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <exception cref="ArgumentException">A column is missing, of the wrong kind, of another length than the others ask for, or has a NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class is outside its range; the message names the row.</exception>
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

    /// <summary>The samples from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part leaves the data set.</exception>
    public Dataset Slice(int start, int count)
    {
        if (start < 0 || count < 0 || start > Count - count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"Samples {start} to {start + (long)count - 1} leave the data set of {Count}.");
        }

        return new Dataset(_inputs, _targets, _sampleWeights, _rows, _start + start, count);
    }

    /// <summary>
    /// Splits off the last samples, as Keras's validation split does before it shuffles: the second part has <paramref name="fraction"/> of all samples.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or leaves a part empty.</exception>
    public (Dataset First, Dataset Last) Split(double fraction)
    {
        int first = fraction is > 0 and < 1 ? (int)Math.Floor(Count * (1 - fraction)) : 0;
        if (first == 0 || first == Count)
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, $"A split of {Count} samples by this fraction leaves a part empty; it must be between 0 and 1.");
        }

        return (Slice(0, first), Slice(first, Count - first));
    }

    /// <summary>The samples in an order that depends on the seed alone.</summary>
    public Dataset Shuffle(int seed)
    {
        int[] order = new int[Count];
        Permutation.Fill(order, seed, epoch: 0);
        return Subset(order);
    }

    /// <summary>The samples with the given indices, in their order; an index may come more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the data set.</exception>
    public Dataset Subset(params ReadOnlySpan<int> indices)
    {
        int[] rows = new int[indices.Length];
        float[] weights = new float[HasSampleWeights ? rows.Length : 0];
        for (int i = 0; i < rows.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"Index {i} is {indices[i]}, outside the data set of {Count} samples.");
            }

            rows[i] = RowOf(indices[i]);
            if (HasSampleWeights)
            {
                weights[i] = SampleWeight(indices[i]);
            }
        }

        return new Dataset(_inputs, _targets, weights, rows, 0, rows.Length);
    }

    /// <summary>The k ways to hold out one of k parts of equal size (within one sample), over a shuffled order.</summary>
    /// <param name="folds">The number of parts: from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 parts, or more than samples.</exception>
    public IReadOnlyList<(Dataset Train, Dataset Validation)> KFold(int folds, int seed = 0)
    {
        if (folds < 2 || folds > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(folds), folds, $"The number of folds must be from 2 to {Count}, the number of samples.");
        }

        int[] order = new int[Count];
        Permutation.Fill(order, seed, epoch: 0);
        List<(Dataset, Dataset)> splits = [];
        for (int fold = 0; fold < folds; fold++)
        {
            int from = (int)((long)Count * fold / folds), to = (int)((long)Count * (fold + 1) / folds);
            splits.Add((Subset([.. order[..from], .. order[to..]]), Subset(order[from..to])));
        }

        return splits;
    }

    /// <summary>The same samples with one weight each: the factor of a sample's loss.</summary>
    /// <exception cref="ArgumentException">There are more or fewer weights than samples, or one is negative or not finite.</exception>
    public Dataset WithSampleWeights(ReadOnlyMemory<float> weights)
    {
        CheckWeights(weights.Span, Count);
        float[] all = new float[_start + Count];
        weights.Span.CopyTo(all.AsSpan(_start));
        return new Dataset(_inputs, _targets, all, _rows, _start, Count);
    }

    /// <summary>Copies samples into the staging columns of a training, with their weights where there are any. Allocates nothing.</summary>
    /// <param name="training">A training of the network that the data set was made for.</param>
    /// <param name="indices">The indices of the samples, at most the training's batch size.</param>
    /// <exception cref="ArgumentException">There are more samples than the training plans for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the data set.</exception>
    public void CopyBatch(ITraining training, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(training);
        CheckBatch(training, indices);
        for (int c = 0; c < _inputs.Length; c++)
        {
            if (_inputs[c].IsInteger)
            {
                Copy(_inputs[c].Values.Integers.Span, _inputs[c].Length, indices, training.TokenInput(c));
            }
            else
            {
                Copy(_inputs[c].Values.Floats.Span, _inputs[c].Length, indices, training.FloatInput(c));
            }
        }

        for (int c = 0; c < _targets.Length; c++)
        {
            if (_targets[c].IsInteger)
            {
                Copy(_targets[c].Values.Integers.Span, _targets[c].Length, indices, training.ClassTarget(c));
            }
            else
            {
                Copy(_targets[c].Values.Floats.Span, _targets[c].Length, indices, training.FloatTarget(c));
            }
        }

        if (HasSampleWeights)
        {
            Span<float> weights = training.SampleWeights;
            for (int i = 0; i < indices.Length; i++)
            {
                weights[i] = SampleWeight(indices[i]);
            }
        }
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

    /// <summary>Refuses a network that takes other columns than these.</summary>
    internal void RequireFits(NetworkDescription description, string argument)
    {
        bool fits = description.Inputs.Count == _inputs.Length && description.Targets.Count == _targets.Length;
        for (int i = 0; fits && i < _inputs.Length; i++)
        {
            fits = description.Inputs[i].Length == _inputs[i].Length && description.Inputs[i].Vocabulary == _inputs[i].Limit;
        }

        for (int i = 0; fits && i < _targets.Length; i++)
        {
            fits = description.Targets[i].Length == _targets[i].Length && description.Targets[i].Classes == _targets[i].Limit;
        }

        if (!fits)
        {
            throw new ArgumentException($"The data set was made for another network than {description.Name}: it has {Describe()}.", argument);
        }
    }

    /// <summary>The weight of a sample; 1 without weights.</summary>
    internal float SampleWeight(int index) => HasSampleWeights ? _sampleWeights.Span[_start + index] : 1;

    /// <summary>The class of a sample in the first target: its index, the place of the largest of several values, or whether one value is above 0.5.</summary>
    internal int ClassOf(int index)
    {
        DataColumn target = _targets[0];
        int row = RowOf(index);
        return target.IsInteger ? target.Values.Integers.Span[row]
            : target.Length == 1 ? (target.Values.Floats.Span[row] > 0.5f ? 1 : 0)
            : MetricBatch.LargestOf(target.Values.Floats.Span.Slice(row * target.Length, target.Length));
    }

    private string Describe() => string.Join(", ", _inputs.Concat(_targets).Select(column => $"{column.Title} of {column.Length} {(column.IsInteger ? $"integers below {column.Limit}" : "floats")}"));

    private int RowOf(int index) => _rows is null ? _start + index : _rows[_start + index];

    private void CheckBatch(ITraining training, ReadOnlySpan<int> indices)
    {
        if (indices.Length > training.BatchSize)
        {
            throw new ArgumentException($"The batch has {indices.Length} samples, but the training was made for at most {training.BatchSize}.", nameof(indices));
        }

        foreach (int index in indices)
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"There is no sample {index} in the data set of {Count}.");
            }
        }
    }

    private void Copy<T>(ReadOnlySpan<T> source, int length, ReadOnlySpan<int> indices, Span<T> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            source.Slice(RowOf(indices[i]) * length, length).CopyTo(destination.Slice(i * length, length));
        }
    }
}
