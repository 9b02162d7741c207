namespace NetCompiler;

/// <summary>Sets the learning rate at the start of every epoch: Keras's LearningRateScheduler. For a rate that changes with every step, see <see cref="FitOptions.Schedule"/>.</summary>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<FitContext, double> _rate;

    /// <summary>Takes a function of the epoch and of the rate so far.</summary>
    /// <param name="schedule">From the epoch, counted from 0, and the rate so far to the rate of the epoch.</param>
    /// <param name="verbose">Whether it tells the rate of every epoch: in a line beside those of the epochs, unless training is silent.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, bool verbose = false)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Verbose = verbose;
        _rate = context => schedule(context.Epoch, context.Optimizer.LearningRate);
    }

    /// <summary>Takes a function of the epoch.</summary>
    /// <param name="schedule">From the epoch, counted from 0, to its rate.</param>
    /// <param name="verbose">Whether it tells the rate of every epoch: in a line beside those of the epochs, unless training is silent.</param>
    public LearningRateScheduler(Func<int, double> schedule, bool verbose = false)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Verbose = verbose;
        _rate = context => schedule(context.Epoch);
    }

    /// <summary>Takes a schedule, which is asked for the first step of every epoch.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="verbose">Whether it tells the rate of every epoch: in a line beside those of the epochs, unless training is silent.</param>
    public LearningRateScheduler(LearningRateSchedule schedule, bool verbose = false)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Verbose = verbose;
        _rate = context => schedule.At(context.TimeOf(batch: 0));
    }

    /// <summary>Whether it tells the rate of every epoch.</summary>
    public bool Verbose { get; }

    /// <inheritdoc/>
    public override bool SetsLearningRate => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The schedule gave a rate that is negative or not finite.</exception>
    public override void OnEpochBegin(FitContext context)
    {
        double rate = _rate(context);
        if (!(rate >= 0 && double.IsFinite(rate)))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The schedule gives the learning rate {rate} for epoch {context.Epoch}; it must be a finite number of at least 0."));
        }

        context.Optimizer.LearningRate = rate;
        if (Verbose)
        {
            context.Tell($"learning rate {LineDisplay.Format(rate)}");
        }
    }
}
