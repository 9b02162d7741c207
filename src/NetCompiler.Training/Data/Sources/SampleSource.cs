namespace NetCompiler;

/// <summary>Samples that can be read in any order, by any number of readers at once.</summary>
internal abstract class SampleSource(SampleSchema schema)
{
    /// <summary>The inputs and targets.</summary>
    public SampleSchema Schema => schema;

    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Whether samples have weights of their own; they are written as 1 otherwise.</summary>
    public abstract bool HasWeights { get; }

    /// <summary>Writes samples, with their weights, from a place of the stage on. Positions are left to the caller.</summary>
    public abstract void Copy(ReadOnlySpan<int> rows, SampleStage stage, int at, int epoch);

    /// <summary>The class that the first target of a sample says.</summary>
    public virtual int ClassOf(int row, SampleBuffer scratch)
    {
        Copy([row], scratch, 0, epoch: 0);
        return new Sample(Schema, scratch, 0, row, epoch: 0).Class;
    }
}
