namespace NetCompiler;

/// <summary>(rate - end) (1 - t / length)^power + end up to the length, then end: Keras's PolynomialDecay.</summary>
/// <param name="Rate">The learning rate at first.</param>
/// <param name="Length">The time of the descent.</param>
/// <param name="End">The learning rate afterwards.</param>
/// <param name="Power">1 for a straight line.</param>
public sealed record PolynomialSchedule(double Rate, double Length, double End = 0.0001, double Power = 1) : LearningRateSchedule
{
    /// <summary>The learning rate at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <summary>The time of the descent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>The learning rate afterwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double End { get; } = RequireRate(End, nameof(End));

    /// <summary>1 for a straight line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The power is not a finite number above 0.</exception>
    public double Power { get; } = RequirePositive(Power, nameof(Power));

    /// <summary>Whether the length is taken as often as it needs to hold the time, so that the rate rises again after each end and falls more slowly.</summary>
    public bool Cycle { get; init; }

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        double t = In(time), length = Cycle ? Length * Math.Max(1, Math.Ceiling(t / Length)) : Length;
        return ((Rate - End) * Math.Pow(1 - (Math.Min(t, length) / length), Power)) + End;
    }
}
