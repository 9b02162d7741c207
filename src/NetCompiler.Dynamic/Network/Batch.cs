using System.Globalization;

namespace NetCompiler.Dynamic.Network;

/// <summary>Samples in the element type, checked against the description. Tokens and classes are kept as numbers: both lie far below 2^24.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>One array per input.</summary>
    public required T[][] Inputs { get; init; }

    /// <summary>One array per target; empty without targets.</summary>
    public T[][] Targets { get; init; } = [];

    /// <summary>One weight per sample; empty without targets.</summary>
    public T[] SampleWeights { get; init; } = [];

    /// <summary>Reads inputs only.</summary>
    /// <exception cref="ArgumentException">A column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token lies outside its vocabulary.</exception>
    public static Batch<T> Of(NetworkDescription network, ReadOnlySpan<Column> inputs)
    {
        if (inputs.Length != network.Inputs.Count)
        {
            throw new ArgumentException($"{network.Name} has {network.Inputs.Count} inputs, but {inputs.Length} columns were given.", nameof(inputs));
        }

        int count = -1;
        T[][] values = new T[inputs.Length][];
        for (int i = 0; i < values.Length; i++)
        {
            InputDescription input = network.Inputs[i];
            values[i] = Read(inputs[i], $"input \"{input.Name}\"", input.Length, input.Vocabulary, ref count, nameof(inputs));
        }

        return new Batch<T> { Count = Math.Max(count, 0), Inputs = values };
    }

    /// <summary>Reads inputs, targets and sample weights.</summary>
    /// <exception cref="ArgumentException">There are no samples, or a column is missing, of the wrong type or of the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a class lies outside its range.</exception>
    public static Batch<T> Of(NetworkDescription network, ReadOnlySpan<Column> inputs, ReadOnlySpan<Column> targets, ReadOnlySpan<float> sampleWeights)
    {
        Batch<T> batch = Of(network, inputs);
        if (batch.Count == 0)
        {
            throw new ArgumentException("A loss needs at least one sample.", nameof(inputs));
        }

        if (targets.Length != network.Targets.Count)
        {
            throw new ArgumentException($"{network.Name} has {network.Targets.Count} targets, but {targets.Length} columns were given.", nameof(targets));
        }

        if (sampleWeights.Length != 0 && sampleWeights.Length != batch.Count)
        {
            throw new ArgumentException($"{batch.Count} samples need {batch.Count} sample weights, but there are {sampleWeights.Length}.", nameof(sampleWeights));
        }

        int count = batch.Count;
        T[][] values = new T[targets.Length][];
        for (int i = 0; i < values.Length; i++)
        {
            TargetDescription target = network.Targets[i];
            values[i] = Read(targets[i], $"target \"{target.Name}\"", target.Length, target.Classes, ref count, nameof(targets));
        }

        T[] weights = new T[batch.Count];
        Array.Fill(weights, T.One);
        if (sampleWeights.Length > 0)
        {
            TensorPrimitives.ConvertChecked<float, T>(sampleWeights, weights);
        }

        return new Batch<T> { Count = batch.Count, Inputs = batch.Inputs, Targets = values, SampleWeights = weights };
    }

    private static T[] Read(Column column, string what, int length, int limit, ref int count, string argument)
    {
        if (column.Length > 0 && column.IsInteger != limit > 0)
        {
            throw new ArgumentException($"The {what} holds {(limit > 0 ? "integers" : "floats")}, but its column holds {(column.IsInteger ? "integers" : "floats")}.", argument);
        }

        if (column.Length % length != 0 || (count >= 0 && column.Length != count * length))
        {
            string expected = count >= 0 ? $"{count} samples of {length} = {count * length}" : $"a multiple of {length}";
            throw new ArgumentException($"The {what} needs {expected} values, but its column has {column.Length}.", argument);
        }

        count = column.Length / length;
        T[] values = new T[column.Length];
        if (!column.IsInteger)
        {
            TensorPrimitives.ConvertChecked<float, T>(column.Floats.Span, values);
            return values;
        }

        ReadOnlySpan<int> integers = column.Integers.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)integers[i] >= (uint)limit)
            {
                throw new ArgumentOutOfRangeException(argument, integers[i], string.Create(CultureInfo.InvariantCulture, $"The {what} has {integers[i]} at {i}, but allows 0 to {limit - 1}."));
            }

            values[i] = T.CreateChecked(integers[i]);
        }

        return values;
    }
}
