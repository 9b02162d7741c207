namespace NetCompiler;

/// <summary>
/// Periods of <see cref="CosineSchedule"/>, each longer and lower than the one before: rate times alpha + (1 - alpha) factor^i (1 + cos(pi t / length)) / 2 in period i.
/// Keras's CosineDecayRestarts, the SGDR of Loshchilov and Hutter, 2017.
/// </summary>
/// <param name="Rate">The learning rate at first.</param>
/// <param name="Length">The time of the first period.</param>
/// <param name="LengthFactor">How much longer every period is than the one before.</param>
/// <param name="RateFactor">By what the rate above its lowest is multiplied at the start of every period.</param>
/// <param name="Alpha">The share of the first rate that is left at the end of every period.</param>
public sealed record CosineRestartsSchedule(double Rate, double Length, double LengthFactor = 2, double RateFactor = 1, double Alpha = 0) : LearningRateSchedule
{
    /// <summary>The learning rate at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <summary>The time of the first period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>How much longer every period is than the one before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1 or not finite.</exception>
    public double LengthFactor { get; } = LengthFactor >= 1 && double.IsFinite(LengthFactor)
        ? LengthFactor
        : throw new ArgumentOutOfRangeException(nameof(LengthFactor), LengthFactor, "LengthFactor must be a finite number of at least 1: shorter and shorter periods would end.");

    /// <summary>By what the rate above its lowest is multiplied at the start of every period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a finite number above 0.</exception>
    public double RateFactor { get; } = RequirePositive(RateFactor, nameof(RateFactor));

    /// <summary>The share of the first rate that is left at the end of every period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public double Alpha { get; } = RequireShare(Alpha, nameof(Alpha));

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        double t = In(time), length = Length, factor = 1;
        if (LengthFactor == 1)
        {
            double periods = Math.Floor(t / length);
            (t, factor) = (t - (periods * length), Math.Pow(RateFactor, periods));
        }

        // Periods grow, so that there are few of them.
        while (t >= length)
        {
            (t, length, factor) = (t - length, length * LengthFactor, factor * RateFactor);
        }

        return Rate * (Alpha + ((1 - Alpha) * factor * CosineSchedule.Descend(t / length, 1, 0)));
    }
}
