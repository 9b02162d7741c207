namespace NetCompiler;

/// <summary>The same learning rate throughout: to warm up to, or to compare with.</summary>
/// <param name="Rate">The learning rate.</param>
public sealed record ConstantSchedule(double Rate) : LearningRateSchedule
{
    /// <summary>The learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Rate { get; } = RequireRate(Rate, nameof(Rate));

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time) => Rate;
}
