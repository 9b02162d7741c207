namespace NetCompiler;

/// <summary>A straight rise from <see cref="Start"/> to the first rate of another schedule, which follows: it begins when the rise ends.</summary>
/// <param name="Length">The time of the rise, in this schedule's unit; the other one has a unit of its own.</param>
/// <param name="Then">What follows.</param>
public sealed record WarmupSchedule(double Length, LearningRateSchedule Then) : LearningRateSchedule
{
    private readonly double _start;

    /// <summary>The time of the rise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not a finite number above 0.</exception>
    public double Length { get; } = RequirePositive(Length, nameof(Length));

    /// <summary>What follows.</summary>
    /// <exception cref="ArgumentNullException">There is no schedule.</exception>
    public LearningRateSchedule Then { get; } = Then ?? throw new ArgumentNullException(nameof(Then));

    /// <summary>The learning rate at first; 0 unless set, as in Keras.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Start
    {
        get => _start;
        init => _start = RequireRate(value, nameof(Start));
    }

    /// <inheritdoc/>
    protected override double Compute(ScheduleTime time)
    {
        double t = In(time);
        return t < Length
            ? Start + ((Then.At(time with { Step = 0 }) - Start) * t / Length)
            : Then.At(time.After(Length, Unit));
    }
}
