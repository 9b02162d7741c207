namespace NetCompiler;

/// <summary>Is told of the course of a training, on the thread that trains. Every method does nothing unless overridden.</summary>
public abstract class Callback
{
    /// <summary>Before anything else: refuses a training that cannot give what the callback needs.</summary>
    /// <param name="series">The series that the history will have, in its order.</param>
    /// <exception cref="ArgumentException">The callback needs another series.</exception>
    internal virtual void Check(IReadOnlyList<MeasuredSeries> series)
    {
    }

    /// <summary>
    /// Once everything is checked, a checkpoint to go on from too, and before anything is written: makes the folders of the callback's files, and proves that they can be
    /// written. No file that is there is changed yet.
    /// </summary>
    internal virtual void RequireWritable()
    {
    }

    /// <summary>Whether the callback sets the learning rate: then no <see cref="FitOptions.Schedule"/> may do so too, and the history has the rate of every epoch as <c>learning_rate</c>.</summary>
    public virtual bool SetsLearningRate => false;

    /// <summary>Asked when the loss of the batch that is staged is not finite, after its step: what went bad first, or null where the callback cannot tell.</summary>
    internal virtual NonFiniteValue? Explain(FitContext context) => null;

    /// <summary>Before the first epoch.</summary>
    public virtual void OnTrainBegin(FitContext context)
    {
    }

    /// <summary>Before an epoch.</summary>
    public virtual void OnEpochBegin(FitContext context)
    {
    }

    /// <summary>Before a batch's step, when its samples are staged in the training and transformed.</summary>
    public virtual void OnBatchBegin(FitContext context)
    {
    }

    /// <summary>After a batch and its update.</summary>
    public virtual void OnBatchEnd(FitContext context)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    public virtual void OnEpochEnd(FitContext context)
    {
    }

    /// <summary>After the last epoch; not after an exception or a cancellation.</summary>
    public virtual void OnTrainEnd(FitContext context)
    {
    }

    /// <summary>In the place of <see cref="OnTrainEnd"/> after an exception or a cancellation, which leaves Fit afterwards. Should not throw: it would hide the reason.</summary>
    public virtual void OnTrainAbort(FitContext context)
    {
    }

    /// <summary>
    /// Writes what the callback has to remember into a checkpoint: after <see cref="OnBatchEnd"/> or <see cref="OnEpochEnd"/> of all callbacks, or when training is
    /// canceled between two batches. Whatever <see cref="OnTrainBegin"/> resets and later calls change belongs here.
    /// </summary>
    public virtual void SaveState(SavedState state)
    {
    }

    /// <summary>
    /// Takes back what <see cref="SaveState"/> wrote, right after <see cref="OnTrainBegin"/> of all callbacks, when a training is resumed. Then training goes on where the
    /// checkpoint was written: in the middle of an epoch there is no further <see cref="OnEpochBegin"/>.
    /// </summary>
    /// <exception cref="CheckpointException">A value is missing or does not fit; training does not begin.</exception>
    public virtual void RestoreState(SavedState state)
    {
    }
}
