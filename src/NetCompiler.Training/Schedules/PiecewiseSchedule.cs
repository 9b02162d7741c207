namespace NetCompiler;

/// <summary>Values between boundaries: value i up to and including boundary i, the last value after all of them. Keras's PiecewiseConstantDecay.</summary>
public sealed record PiecewiseSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="boundaries">The last time of each value but the last, increasing.</param>
    /// <param name="values">The rates, one more than the boundaries.</param>
    /// <exception cref="ArgumentException">The numbers of both do not fit, or the boundaries do not increase.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or not finite.</exception>
    public PiecewiseSchedule(IReadOnlyList<double> boundaries, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != boundaries.Count + 1)
        {
            throw new ArgumentException($"{boundaries.Count} boundaries need {boundaries.Count + 1} values, but there are {values.Count}.", nameof(values));
        }

        for (int i = 0; i < boundaries.Count; i++)
        {
            if (!double.IsFinite(boundaries[i]) || (i > 0 && boundaries[i] <= boundaries[i - 1]))
            {
                throw new ArgumentException(FormattableString.Invariant($"The boundaries must be finite and increase, but boundary {i} is {boundaries[i]}{(i > 0 ? FormattableString.Invariant($" after {boundaries[i - 1]}") : "")}."), nameof(boundaries));
            }
        }

        Boundaries = [.. boundaries];
        Values = [.. values.Select(value => RequireRate(value, nameof(values)))];
    }

    /// <summary>The last time of each value but the last.</summary>
    public IReadOnlyList<double> Boundaries { get; }

    /// <summary>The rates.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        int piece = 0;
        while (piece < Boundaries.Count && In(time) > Boundaries[piece])
        {
            piece++;
        }

        return Values[piece];
    }
}
