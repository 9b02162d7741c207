namespace NetCompiler;

/// <summary>Reads a data set batch by batch, for one reader.</summary>
internal abstract class BatchEngine : IDisposable
{
    /// <summary>Begins a pass.</summary>
    /// <param name="epoch">The epoch, counted from 0: orders by chance and functions of the user's may follow it.</param>
    /// <param name="firstBatch">The number of batches that are passed over.</param>
    /// <param name="cancellation">Ends a wait.</param>
    public abstract void Begin(int epoch, int firstBatch, CancellationToken cancellation);

    /// <summary>Writes the next batch; returns its number of samples, 0 at the end.</summary>
    public abstract int Read(SampleStage stage);

    /// <summary>Ends the pass, wherever it is, and lets go of files and threads.</summary>
    public abstract void Dispose();
}
