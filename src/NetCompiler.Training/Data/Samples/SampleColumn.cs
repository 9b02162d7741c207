namespace NetCompiler;

/// <summary>What one input or target of a network holds per sample.</summary>
/// <param name="Role">"input" or "target".</param>
/// <param name="Name">The name in the network's description.</param>
/// <param name="Length">The number of values of one sample.</param>
/// <param name="Limit">The number of different tokens or classes, or 0 for floats.</param>
internal record SampleColumn(string Role, string Name, int Length, int Limit)
{
    /// <summary>Whether the column holds tokens or classes.</summary>
    public bool IsInteger => Limit > 0;

    /// <summary>Whether NaN is declared to stand for a missing value.</summary>
    public bool AllowsMissing { get; init; }

    /// <summary>The column's name in error messages.</summary>
    public string Title => $"{Role} \"{Name}\"";

    /// <summary>Refuses integers outside their range.</summary>
    /// <param name="values">Whole samples.</param>
    /// <param name="first">The number of the first one.</param>
    public void Check(ReadOnlySpan<int> values, int first = 0)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)Limit)
            {
                throw new ArgumentOutOfRangeException(null, values[i], $"The {Title}, row {first + (i / Length)}{Position(i)}: {values[i]} is outside 0 to {Limit - 1}.");
            }
        }
    }

    /// <summary>Refuses NaN where it is not declared.</summary>
    /// <param name="values">Whole samples.</param>
    /// <param name="first">The number of the first one.</param>
    public void Check(ReadOnlySpan<float> values, int first = 0)
    {
        for (int i = 0; !AllowsMissing && i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                throw new ArgumentException($"The {Title}, row {first + (i / Length)}{Position(i)}: the value is NaN. Fill it, or declare that values may be missing (allowMissing: true).");
            }
        }
    }

    private string Position(int index) => Length == 1 ? "" : $", value {index % Length}";
}
