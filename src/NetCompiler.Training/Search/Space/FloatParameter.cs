namespace NetCompiler;

/// <summary>A number of a range, its ends among them.</summary>
internal sealed class FloatParameter : SearchParameter
{
    private readonly double _minValue;
    private readonly double _maxValue;

    /// <exception cref="ArgumentException">The least value is above the largest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or not positive where ratios count.</exception>
    public FloatParameter(string name, double minValue, double maxValue, Sampling sampling)
        : base(name)
    {
        if (!Enum.IsDefined(sampling))
        {
            throw new ArgumentOutOfRangeException(nameof(sampling), sampling, $"There is no such {nameof(Sampling)}.");
        }

        if (!double.IsFinite(minValue) || !double.IsFinite(maxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(minValue), FormattableString.Invariant($"The range of \"{name}\" is from {minValue} to {maxValue}; its bounds must be finite."));
        }

        if (minValue > maxValue)
        {
            throw new ArgumentException(FormattableString.Invariant($"The range of \"{name}\" is from {minValue} to {maxValue}; the least value must not be above the largest."), nameof(minValue));
        }

        if (sampling == Sampling.Log && minValue <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(minValue), FormattableString.Invariant($"The range of \"{name}\" is from {minValue} to {maxValue}; with {nameof(Sampling)}.{nameof(Sampling.Log)} its bounds must be positive."));
        }

        (_minValue, _maxValue, IsLog) = (minValue, maxValue, sampling == Sampling.Log);
    }

    public override int? Count => _minValue == _maxValue ? 1 : null;

    public override bool IsLog { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}: {_minValue:R} to {_maxValue:R}{(IsLog ? ", log" : "")}");

    internal override SearchValue At(int index) => _minValue;

    internal override SearchValue Draw(double share)
    {
        // (1 - s) a + s b, of the logarithms where ratios count; rounding must not leave the range.
        double value = IsLog
            ? Math.Exp(((1 - share) * Math.Log(_minValue)) + (share * Math.Log(_maxValue)))
            : ((1 - share) * _minValue) + (share * _maxValue);
        return Math.Clamp(value, _minValue, _maxValue);
    }
}
