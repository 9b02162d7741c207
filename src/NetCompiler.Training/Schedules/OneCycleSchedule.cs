namespace NetCompiler;

/// <summary>
/// Up from maximum / <see cref="StartDivisor"/> to the maximum, then down to far below the start: the 1cycle policy of Smith and Topin, 2018, with PyTorch's defaults.
/// The start is reached in the first step, the end in the last.
/// </summary>
/// <param name="Maximum">The largest learning rate.</param>
/// <param name="Length">The whole time of the training.</param>
public sealed record OneCycleSchedule(double Maximum, double Length) : LearningRateSchedule
{
    private readonly double _riseShare = 0.3;
    private readonly double _startDivisor = 25;
    private readonly double _endDivisor = 1e4;

    /// <summary>The largest learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a finite number above 0.</exception>
    public double Maximum { get; } = RequirePositive(Maximum, nameof(Maximum));

    /// <summary>The whole time of the training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>The share of the time in which the rate rises.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public double RiseShare
    {
        get => _riseShare;
        init => _riseShare = RequireShare(value, nameof(RiseShare));
    }

    /// <summary>The maximum over the rate at the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is not a finite number above 0.</exception>
    public double StartDivisor
    {
        get => _startDivisor;
        init => _startDivisor = RequirePositive(value, nameof(StartDivisor));
    }

    /// <summary>The rate at the start over the rate at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is not a finite number above 0.</exception>
    public double EndDivisor
    {
        get => _endDivisor;
        init => _endDivisor = RequirePositive(value, nameof(EndDivisor));
    }

    /// <summary>Whether the rate moves along straight lines instead of cosines.</summary>
    public bool Linear { get; init; }

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        // One less than the length: the time before the last step, in the unit.
        double last = Length - (Unit == ScheduleUnit.Epochs ? 1.0 / time.StepsPerEpoch : 1);
        double start = Maximum / StartDivisor, end = start / EndDivisor;

        // As PyTorch: the maximum is reached one step before the share of the whole length.
        double peak = (RiseShare * Length) - (Length - last), t = Math.Min(In(time), last);
        return t < peak ? Move(t / peak, start, Maximum)
            : t < last ? Move((t - Math.Max(0, peak)) / (last - Math.Max(0, peak)), Maximum, end)
            : end;
    }

    private double Move(double share, double from, double to) => Linear ? from + ((to - from) * share) : CosineSchedule.Descend(share, from, to);
}
