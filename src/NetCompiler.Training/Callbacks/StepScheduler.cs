namespace NetCompiler;

/// <summary>Sets the learning rate of every step: what <see cref="FitOptions.Schedule"/> does.</summary>
internal sealed class StepScheduler(LearningRateSchedule schedule) : Callback
{
    public override void OnBatchBegin(FitContext context)
        => context.Optimizer.LearningRate = schedule.At(new ScheduleTime(((long)context.Epoch * context.Batches) + context.Batch, context.Batches));
}
