namespace NetCompiler;

/// <summary>Rate times factor^floor(t / length): lowered at equal distances, as PyTorch's StepLR.</summary>
/// <param name="Rate">The learning rate at first.</param>
/// <param name="Factor">What it is multiplied by every <paramref name="Length"/>.</param>
/// <param name="Length">The distance.</param>
public sealed record StepSchedule(double Rate, double Factor, double Length) : LearningRateSchedule
{
    /// <summary>The learning rate at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <summary>What the rate is multiplied by every <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a finite number above 0.</exception>
    public double Factor { get; } = RequirePositive(Factor, nameof(Factor));

    /// <summary>The distance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time) => Rate * Math.Pow(Factor, Math.Floor(In(time) / Length));
}
