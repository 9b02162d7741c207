namespace NetCompiler;

/// <summary>
/// A learning rate as a pure function of time: a value that can be asked for any moment, plotted and shared. It takes effect as <see cref="FitOptions.Schedule"/>, or
/// once per epoch through <see cref="LearningRateScheduler"/>; as it remembers nothing, a resumed training goes on with it where it was.
/// </summary>
public abstract record LearningRateSchedule
{
    private readonly ScheduleUnit _unit;

    /// <summary>What every length and time of this schedule counts; steps as in Keras unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public ScheduleUnit Unit
    {
        get => _unit;
        init
        {
            new ScheduleTime(0, 1).In(value);
            _unit = value;
        }
    }

    /// <summary>The rate of the step at a moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before the training, or an epoch has no steps.</exception>
    /// <exception cref="InvalidOperationException">The schedule gives a rate that is negative or not finite.</exception>
    public double At(ScheduleTime time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time.Step, nameof(time));
        ArgumentOutOfRangeException.ThrowIfLessThan(time.StepsPerEpoch, 1, nameof(time));
        double rate = Compute(time);
        return rate >= 0 && double.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(FormattableString.Invariant($"{GetType().Name} gives the learning rate {rate} for step {time.Step} (epoch {time.Epoch}); it must be a finite number of at least 0."));
    }

    /// <summary>The rates of all steps of a training, in order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public double[] Sample(int epochs, int stepsPerEpoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        double[] rates = new double[checked(epochs * stepsPerEpoch)];
        for (int step = 0; step < rates.Length; step++)
        {
            rates[step] = At(new ScheduleTime(step, stepsPerEpoch));
        }

        return rates;
    }

    /// <summary>The rates of a training over its epochs as a picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Plot ToPlot(int epochs, int stepsPerEpoch) => AddTo(new Plot("learning rate", "epoch", "learning rate"), GetType().Name, epochs, stepsPerEpoch);

    /// <summary>Adds the rates of a training over its epochs to a picture, so that schedules can be compared in one.</summary>
    /// <param name="plot">The picture; its horizontal axis is the epoch, counted from 0.</param>
    /// <param name="name">The name of the line.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="stepsPerEpoch">The number of steps of an epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Plot AddTo(Plot plot, string name, int epochs, int stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(plot);
        double[] rates = Sample(epochs, stepsPerEpoch);
        return plot.AddLine(name, [.. Enumerable.Range(0, rates.Length).Select(step => (double)step / stepsPerEpoch)], rates);
    }

    /// <summary>A schedule of one's own.</summary>
    /// <param name="rate">From the moment to the rate.</param>
    public static LearningRateSchedule From(Func<ScheduleTime, double> rate) => new FunctionSchedule(rate);

    /// <summary>The formula.</summary>
    protected abstract double Compute(ScheduleTime time);

    /// <summary>The moment in the schedule's unit.</summary>
    protected double In(ScheduleTime time) => time.In(Unit);

    /// <summary>Passes a learning rate through: finite and at least 0.</summary>
    private protected static double RequireRate(double value, string name)
        => value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");

    /// <summary>Passes a length, a factor or the like through: finite and above 0.</summary>
    private protected static double RequirePositive(double value, string name)
        => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");

    /// <summary>Passes a share through: at least 0 and at most 1.</summary>
    private protected static double RequireShare(double value, string name)
        => value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 1.");
}
