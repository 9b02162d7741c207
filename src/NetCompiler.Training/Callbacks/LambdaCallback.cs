namespace NetCompiler;

/// <summary>A callback made of functions, as Keras's LambdaCallback; for one that remembers something, derive from <see cref="Callback"/>.</summary>
/// <param name="onTrainBegin">Before the first epoch.</param>
/// <param name="onEpochBegin">Before an epoch.</param>
/// <param name="onBatchBegin">Before a batch's step, when its samples are staged.</param>
/// <param name="onBatchEnd">After a batch and its update.</param>
/// <param name="onEpochEnd">After an epoch and its validation.</param>
/// <param name="onTrainEnd">After the last epoch; not after an exception or a cancellation.</param>
/// <param name="onTrainAbort">In the place of <paramref name="onTrainEnd"/> after an exception or a cancellation.</param>
public sealed class LambdaCallback(
    Action<FitContext>? onTrainBegin = null,
    Action<FitContext>? onEpochBegin = null,
    Action<FitContext>? onBatchBegin = null,
    Action<FitContext>? onBatchEnd = null,
    Action<FitContext>? onEpochEnd = null,
    Action<FitContext>? onTrainEnd = null,
    Action<FitContext>? onTrainAbort = null) : Callback
{
    /// <inheritdoc/>
    public override void OnTrainBegin(FitContext context) => onTrainBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochBegin(FitContext context) => onEpochBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchBegin(FitContext context) => onBatchBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context) => onBatchEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context) => onEpochEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTrainEnd(FitContext context) => onTrainEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTrainAbort(FitContext context) => onTrainAbort?.Invoke(context);
}
