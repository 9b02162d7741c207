namespace NetCompiler;

/// <summary>Classes as values of which one is 1: what a categorical cross-entropy takes.</summary>
public static class OneHot
{
    /// <summary>Writes one row of values per class index.</summary>
    /// <param name="classes">The indices.</param>
    /// <param name="count">The number of different classes.</param>
    /// <returns>One row of <paramref name="count"/> values per index, row-major.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or an index is outside 0 to count - 1.</exception>
    public static float[] Encode(ReadOnlySpan<int> classes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        float[] values = new float[checked(classes.Length * count)];
        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(nameof(classes), classes[i], $"Row {i}: {classes[i]} is outside 0 to {count - 1}.");
            }

            values[(i * count) + classes[i]] = 1;
        }

        return values;
    }

    /// <summary>The place of each row's largest value; of equal ones the first.</summary>
    /// <param name="values">Rows of values: one-hot, probabilities or logits.</param>
    /// <param name="count">The number of values of a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row has no value.</exception>
    /// <exception cref="ArgumentException">There is no whole number of rows, or a value is NaN.</exception>
    public static int[] Decode(ReadOnlySpan<float> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (values.Length % count != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {count}.", nameof(values));
        }

        int nan = values.IndexOf(float.NaN);
        if (nan >= 0)
        {
            throw new ArgumentException($"Row {nan / count}, value {nan % count}: the value is NaN, which is neither larger nor smaller than others.", nameof(values));
        }

        int[] classes = new int[values.Length / count];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = MetricBatch.LargestOf(values.Slice(i * count, count));
        }

        return classes;
    }
}
