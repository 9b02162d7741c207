namespace NetCompiler;

/// <summary>
/// Rate times alpha + (1 - alpha) (1 + cos(pi t / length)) / 2 up to the length, then alpha times the rate: Keras's CosineDecay, after Loshchilov and Hutter, 2017.
/// </summary>
/// <param name="Rate">The learning rate at first.</param>
/// <param name="Length">The time of the descent.</param>
/// <param name="Alpha">The share of the rate that is left at the end.</param>
public sealed record CosineSchedule(double Rate, double Length, double Alpha = 0) : LearningRateSchedule
{
    /// <summary>The learning rate at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <summary>The time of the descent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>The share of the rate that is left at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public double Alpha { get; } = RequireShare(Alpha, nameof(Alpha));

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time) => Rate * Descend(Math.Min(1, In(time) / Length), 1, Alpha);

    /// <summary>From one value to another along half a cosine.</summary>
    internal static double Descend(double share, double from, double to) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
}
