namespace NetCompiler;

/// <summary>One input or target of many samples: floats, or integers for tokens and classes.</summary>
public readonly struct Column
{
    private Column(ReadOnlyMemory<float> floats, ReadOnlyMemory<int> integers, bool isInteger)
    {
        Floats = floats;
        Integers = integers;
        IsInteger = isInteger;
    }

    /// <summary>The floats, empty for a column of integers.</summary>
    public ReadOnlyMemory<float> Floats { get; }

    /// <summary>The integers, empty for a column of floats.</summary>
    public ReadOnlyMemory<int> Integers { get; }

    /// <summary>Whether the column was made from integers.</summary>
    public bool IsInteger { get; }

    /// <summary>The number of values.</summary>
    public int Length => IsInteger ? Integers.Length : Floats.Length;

    /// <summary>Makes a column of floats.</summary>
    public static implicit operator Column(float[] values) => new(values, default, isInteger: false);

    /// <summary>Makes a column of integers.</summary>
    public static implicit operator Column(int[] values) => new(default, values, isInteger: true);

    /// <summary>Makes a column of floats.</summary>
    public static implicit operator Column(Memory<float> values) => new(values, default, isInteger: false);

    /// <summary>Makes a column of integers.</summary>
    public static implicit operator Column(Memory<int> values) => new(default, values, isInteger: true);

    /// <summary>Makes a column of floats.</summary>
    public static implicit operator Column(ReadOnlyMemory<float> values) => new(values, default, isInteger: false);

    /// <summary>Makes a column of integers.</summary>
    public static implicit operator Column(ReadOnlyMemory<int> values) => new(default, values, isInteger: true);
}
