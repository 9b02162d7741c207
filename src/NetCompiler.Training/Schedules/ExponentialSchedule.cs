namespace NetCompiler;

/// <summary>
/// Rate times decay^((t - start) / length) from the start on: Keras's ExponentialDecay. The function of Keras's guide that multiplies the rate by e^-0.1 in every
/// epoch from the tenth on is <c>new ExponentialSchedule(rate, Math.Exp(-0.1)) { Start = 9, Unit = ScheduleUnit.WholeEpochs }</c>: epoch 9 is the last with the full rate.
/// </summary>
/// <param name="Rate">The learning rate at first.</param>
/// <param name="Decay">What it is multiplied by over <paramref name="Length"/>.</param>
/// <param name="Length">The time over which it is multiplied once.</param>
public sealed record ExponentialSchedule(double Rate, double Decay, double Length = 1) : LearningRateSchedule
{
    private readonly double _start;

    /// <summary>The learning rate at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <summary>What the rate is multiplied by over <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a finite number above 0.</exception>
    public double Decay { get; } = RequirePositive(Decay, nameof(Decay));

    /// <summary>The time over which it is multiplied once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>The last time with the full rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public double Start
    {
        get => _start;
        init => _start = RequireRate(value, nameof(Start));
    }

    /// <summary>Whether the rate falls at whole multiples of <see cref="Length"/> only.</summary>
    public bool Staircase { get; init; }

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        double t = Math.Max(0, In(time) - Start) / Length;
        return Rate * Math.Pow(Decay, Staircase ? Math.Floor(t) : t);
    }
}
