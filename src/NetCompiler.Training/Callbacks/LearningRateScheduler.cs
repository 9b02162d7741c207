namespace NetCompiler;

/// <summary>Sets the learning rate at the start of every epoch.</summary>
/// <param name="schedule">From the epoch, counted from 0, and the rate so far to the rate of the epoch.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule) : Callback
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The schedule gave a rate that is negative or not finite.</exception>
    public override void OnEpochBegin(FitContext context) => context.Optimizer.LearningRate = schedule(context.Epoch, context.Optimizer.LearningRate);
}
