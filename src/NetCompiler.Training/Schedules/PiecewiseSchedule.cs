using System.Globalization;
using System.Text;

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

    /// <summary>Whether the other one gives the same rates: lists of the same numbers are the same.</summary>
    public bool Equals(PiecewiseSchedule? other) => base.Equals(other) && Boundaries.SequenceEqual(other.Boundaries) && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(base.GetHashCode());
        foreach (double number in Boundaries.Concat(Values))
        {
            hash.Add(number);
        }

        return hash.ToHashCode();
    }

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

    /// <summary>Prints the numbers, by which a resumed training and a report know the schedule.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append($", {nameof(Boundaries)} = {Text(Boundaries)}, {nameof(Values)} = {Text(Values)}");
        return true;

        // A decimal comma would look like the end of a number.
        static string Text(IReadOnlyList<double> numbers) => $"[{string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}]";
    }
}
