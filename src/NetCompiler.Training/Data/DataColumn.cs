namespace NetCompiler;

/// <summary>One checked column of a data set: an input or a target of the network.</summary>
/// <param name="Role">"input" or "target".</param>
/// <param name="Name">The name in the network's description.</param>
/// <param name="Length">The number of values of one sample.</param>
/// <param name="Limit">The number of different tokens or classes, or 0 for floats.</param>
/// <param name="Values">The values of all samples.</param>
internal sealed record DataColumn(string Role, string Name, int Length, int Limit, Column Values)
{
    /// <summary>Whether the column holds tokens or classes.</summary>
    public bool IsInteger => Limit > 0;

    /// <summary>The column's name in error messages.</summary>
    public string Title => $"{Role} \"{Name}\"";

    /// <summary>The number of samples.</summary>
    public int Count => Values.Length / Length;

    /// <summary>Refuses values of another kind or number than the description asks for, NaN, and integers outside their range.</summary>
    /// <param name="allowsMissing">Whether NaN is declared to stand for a missing value.</param>
    public void Check(bool allowsMissing)
    {
        if (Values.IsInteger != IsInteger)
        {
            string found = Values.IsInteger ? "integers" : "floats";
            string expected = !IsInteger ? "floats" : Role == "input" ? $"tokens (int[], 0 to {Limit - 1})" : $"class indices (int[], 0 to {Limit - 1})";
            throw new ArgumentException($"The {Title} holds {expected}, but {found} were given.");
        }

        if (Values.Length % Length != 0)
        {
            throw new ArgumentException($"The {Title} has {Length} values per sample, but {Values.Length} values were given: that is no whole number of samples.");
        }

        if (IsInteger)
        {
            CheckIntegers();
        }
        else if (!allowsMissing)
        {
            CheckFloats();
        }
    }

    private void CheckIntegers()
    {
        ReadOnlySpan<int> values = Values.Integers.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)Limit)
            {
                throw new ArgumentOutOfRangeException(null, values[i], $"The {Title}, row {i / Length}{Position(i)}: {values[i]} is outside 0 to {Limit - 1}.");
            }
        }
    }

    private void CheckFloats()
    {
        ReadOnlySpan<float> values = Values.Floats.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                throw new ArgumentException($"The {Title}, row {i / Length}{Position(i)}: the value is NaN. Fill it, or declare that values may be missing (DatasetBuilder, allowMissing: true).");
            }
        }
    }

    private string Position(int index) => Length == 1 ? "" : $", value {index % Length}";
}
