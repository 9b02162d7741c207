namespace NetCompiler;

/// <summary>Runs a function of the user's on a sample, checks what it wrote and names the sample in what it throws.</summary>
internal static class SampleWriting
{
    /// <summary>Makes a sample of an item.</summary>
    /// <exception cref="SampleException">The function failed, or wrote what no network takes.</exception>
    public static void Write<TItem>(SampleSchema schema, SampleStage stage, int at, int position, int epoch, TItem item, SampleWriter<TItem> write)
    {
        Sample sample = new(schema, stage, at, position, epoch);
        sample.Clear();
        try
        {
            write(item, sample);
            sample.Check();
        }
        catch (Exception exception) when (SampleException.Wraps(exception))
        {
            throw new SampleException(position, exception);
        }
    }

    /// <summary>Changes a sample.</summary>
    /// <exception cref="SampleException">The function failed, or wrote what no network takes.</exception>
    public static void Apply(Sample sample, SampleFunction function)
    {
        try
        {
            function(sample);
            sample.Check();
        }
        catch (Exception exception) when (SampleException.Wraps(exception))
        {
            throw new SampleException(sample.Position, exception);
        }
    }
}
