namespace NetCompiler;

/// <summary>Rate / (1 + decay t / length): Keras's InverseTimeDecay.</summary>
/// <param name="Rate">The learning rate at first.</param>
/// <param name="Decay">How much is added to the divisor over <paramref name="Length"/>.</param>
/// <param name="Length">The time over which it is added once.</param>
public sealed record InverseTimeSchedule(double Rate, double Decay, double Length = 1) : LearningRateSchedule
{
    /// <summary>The learning rate at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <summary>How much is added to the divisor over <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not a finite number above 0.</exception>
    public double Decay { get; } = RequirePositive(Decay, nameof(Decay));

    /// <summary>The time over which it is added once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>Whether the rate falls at whole multiples of <see cref="Length"/> only.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        double t = In(time) / Length;
        return Rate / (1 + (Decay * (Staircase ? Math.Floor(t) : t)));
    }
}
