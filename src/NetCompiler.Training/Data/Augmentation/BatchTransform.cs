namespace NetCompiler;

/// <summary>Changes the samples of a training batch before the step: augmentation. The settings never hold state, so one can be shared.</summary>
public abstract record BatchTransform
{
    /// <summary>Prepares for a network: everything that applying needs is allocated here.</summary>
    /// <exception cref="ArgumentException">The network has no input that the transform fits.</exception>
    public abstract BatchTransformState CreateState(NetworkDescription description);
}

/// <summary>A transform at work in one training.</summary>
public abstract class BatchTransformState
{
    /// <summary>
    /// Changes the staged samples of a batch. What is done to a sample is a function of the seed, the epoch and the sample alone, whatever batch it is in. Allocates
    /// nothing.
    /// </summary>
    /// <param name="training">The training whose staging columns hold the batch.</param>
    /// <param name="samples">The index in the data set of each staged sample.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public abstract void Apply(ITraining training, ReadOnlySpan<int> samples, int seed, int epoch);
}
