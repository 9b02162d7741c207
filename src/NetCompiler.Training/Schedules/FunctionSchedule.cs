namespace NetCompiler;

/// <summary>A learning rate by a function of the user's, which must be pure: the same moment, the same rate.</summary>
/// <param name="Rate">From the moment to the rate.</param>
public sealed record FunctionSchedule(Func<ScheduleTime, double> Rate) : LearningRateSchedule
{
    /// <summary>From the moment to the rate.</summary>
    /// <exception cref="ArgumentNullException">There is no function.</exception>
    public Func<ScheduleTime, double> Rate { get; } = Rate ?? throw new ArgumentNullException(nameof(Rate));

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time) => Rate(time);
}
