namespace NetCompiler;

/// <summary>Makes a data set column by column, named as in the network's declaration; names are compared without case.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class DatasetBuilder<TNetwork>
    where TNetwork : INetwork<TNetwork>
{
    private readonly DatasetBuilder _builder = new(TNetwork.Description);

    /// <summary>Gives the values of an input.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="values">All samples, one after another.</param>
    /// <param name="allowMissing">Whether NaN stands for a missing value; otherwise it is refused.</param>
    /// <exception cref="ArgumentException">There is no such input, it was given before, or its values do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside the vocabulary.</exception>
    public DatasetBuilder<TNetwork> Input(string name, Column values, bool allowMissing = false)
    {
        _builder.Input(name, values, allowMissing);
        return this;
    }

    /// <summary>Gives the values of a target.</summary>
    /// <param name="name">The target's name.</param>
    /// <param name="values">All samples, one after another.</param>
    /// <exception cref="ArgumentException">There is no such target, it was given before, or its values do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside its range, or a number outside what the target's loss takes: 0 to 1 for crossentropies and the Kullback-Leibler divergence, -1 and 1 for the hinge loss.</exception>
    public DatasetBuilder<TNetwork> Target(string name, Column values)
    {
        _builder.Target(name, values);
        return this;
    }

    /// <summary>Gives one weight per sample: the factor of its loss. Given again, the last ones count.</summary>
    /// <param name="weights">As many as there are samples, finite and at least 0; <see cref="Build"/> checks them.</param>
    public DatasetBuilder<TNetwork> SampleWeights(ReadOnlyMemory<float> weights)
    {
        _builder.SampleWeights(weights);
        return this;
    }

    /// <summary>Makes the data set.</summary>
    /// <exception cref="ArgumentException">A column was not given, or columns differ in their number of samples; or there are more or fewer sample weights than samples, or one is negative or not finite.</exception>
    public Dataset Build() => _builder.Build();
}

/// <summary>What <see cref="DatasetBuilder{TNetwork}"/> does, for a network known by its description.</summary>
internal sealed class DatasetBuilder(NetworkDescription description)
{
    private readonly DataColumn?[] _inputs = new DataColumn?[description.Inputs.Count];
    private readonly DataColumn?[] _targets = new DataColumn?[description.Targets.Count];
    private ReadOnlyMemory<float>? _weights;

    public void Input(string name, Column values, bool allowMissing = false)
    {
        int i = Find("input", name, description.Inputs.Select(input => input.Name));
        Set(ref _inputs[i], new DataColumn(SampleColumn.Of(description.Inputs[i], allowMissing), values));
    }

    public void Target(string name, Column values)
    {
        int i = Find("target", name, description.Targets.Select(target => target.Name));
        Set(ref _targets[i], new DataColumn(SampleColumn.OfTarget(description, i), values));
    }

    public void SampleWeights(ReadOnlyMemory<float> weights) => _weights = weights;

    public Dataset Build()
    {
        DataColumn[] inputs = [.. _inputs.Select((column, i) => column ?? throw NotGiven("input", description.Inputs[i].Name))];
        DataColumn[] targets = [.. _targets.Select((column, i) => column ?? throw NotGiven("target", description.Targets[i].Name))];
        DataColumn first = inputs[0];
        foreach (DataColumn column in inputs.Concat(targets))
        {
            if (column.Count != first.Count)
            {
                throw new ArgumentException($"The {column.Shape.Title} has {column.Count} samples, but the {first.Shape.Title} has {first.Count}.");
            }
        }

        if (_weights is ReadOnlyMemory<float> weights)
        {
            Dataset.CheckWeights(weights.Span, first.Count);
        }

        return new IndexedDataset(new ColumnSource(inputs, targets), prefetch: 0, _weights ?? default);
    }

    private static void Set(ref DataColumn? place, DataColumn column)
    {
        if (place is not null)
        {
            throw new ArgumentException($"The {column.Shape.Title} was given twice.");
        }

        column.Check();
        place = column;
    }

    private int Find(string role, string name, IEnumerable<string> names)
    {
        string[] known = [.. names];
        int i = Array.FindIndex(known, candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase));
        return i >= 0 ? i : throw new ArgumentException($"{description.Name} has no {role} \"{name}\"; it has {string.Join(", ", known)}.", nameof(name));
    }

    private ArgumentException NotGiven(string role, string name) => new($"The {role} \"{name}\" of {description.Name} was not given.");
}
