namespace NetCompiler;

/// <summary>A moment of a training, before one of its steps.</summary>
/// <param name="Step">The number of steps before it.</param>
/// <param name="StepsPerEpoch">The number of steps of an epoch; at least 1.</param>
public readonly record struct ScheduleTime(long Step, int StepsPerEpoch)
{
    /// <summary>The epoch, counted from 0.</summary>
    public long Epoch => Step / StepsPerEpoch;

    /// <summary>The time since training began.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public double In(ScheduleUnit unit) => unit switch
    {
        ScheduleUnit.Steps => Step,
        ScheduleUnit.Epochs => (double)Step / StepsPerEpoch,
        ScheduleUnit.WholeEpochs => Epoch,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, $"There is no unit {(int)unit}; there are {string.Join(", ", Enum.GetNames<ScheduleUnit>())}."),
    };

    /// <summary>The time for a schedule that begins this long after the training: never before its beginning.</summary>
    /// <param name="length">How much later, rounded up to whole steps.</param>
    /// <param name="unit">What the length counts.</param>
    internal ScheduleTime After(double length, ScheduleUnit unit)
        => this with { Step = Math.Max(0, Step - (long)Math.Ceiling(unit == ScheduleUnit.Steps ? length : length * StepsPerEpoch)) };
}
