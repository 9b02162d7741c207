namespace NetCompiler;

/// <summary>A whole number of a range, in steps from its least one.</summary>
internal sealed class IntParameter : SearchParameter
{
    private readonly int _minValue;
    private readonly int _step;
    private readonly int _count;

    /// <exception cref="ArgumentException">The least value is above the largest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1, or the range has too many values.</exception>
    public IntParameter(string name, int minValue, int maxValue, int step)
        : base(name)
    {
        if (step < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"The step of \"{name}\" must be at least 1.");
        }

        if (minValue > maxValue)
        {
            throw new ArgumentException($"The range of \"{name}\" is from {minValue} to {maxValue}; the least value must not be above the largest.", nameof(minValue));
        }

        long count = (((long)maxValue - minValue) / step) + 1;
        _count = count <= int.MaxValue ? (int)count : throw new ArgumentOutOfRangeException(nameof(maxValue), maxValue, $"The range of \"{name}\" has {count} values; at most {int.MaxValue} are possible.");
        (_minValue, _step) = (minValue, step);
    }

    public override int? Count => _count;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}: {_minValue} to {(long)_minValue + ((long)_step * (_count - 1))} by {_step}");

    internal override SearchValue At(int index) => new((double)_minValue + ((double)_step * index));
}
