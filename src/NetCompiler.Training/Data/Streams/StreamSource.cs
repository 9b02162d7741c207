namespace NetCompiler;

/// <summary>Samples that are read from the first to the last, again in every epoch.</summary>
internal abstract class StreamSource(SampleSchema schema)
{
    /// <summary>The inputs and targets.</summary>
    public SampleSchema Schema => schema;

    /// <summary>The number of samples, or null where only reading them tells.</summary>
    public abstract int? Count { get; }

    /// <summary>Refuses a pass that ends before the number of samples that was declared, or that goes on after it.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer samples.</exception>
    public void RequireCount(int found, bool ends)
    {
        if (Count is int expected && (ends ? found < expected : found >= expected))
        {
            throw new InvalidDataException($"The data {(ends ? "ended" : "goes on")} after {found} samples, but {expected} were declared.");
        }
    }

    /// <summary>Begins a pass.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="cancellation">Ends a wait for the next sample.</param>
    public abstract SampleStream Open(int epoch, CancellationToken cancellation);
}

/// <summary>One pass over a stream.</summary>
internal abstract class SampleStream : IDisposable
{
    /// <summary>Writes the next sample, its weight and its position; returns false at the end.</summary>
    /// <exception cref="SampleException">The sample could not be read.</exception>
    public abstract bool Read(SampleStage stage, int at);

    /// <summary>Ends the pass, wherever it is.</summary>
    public abstract void Dispose();
}
