namespace NetCompiler;

/// <summary>Where a prediction over a data set stands after a batch.</summary>
/// <param name="Batch">The batch that was predicted, counted from 0.</param>
/// <param name="Batches">The number of batches; 0 for a stream whose length is not known.</param>
/// <param name="Elapsed">The time since the prediction began.</param>
public readonly record struct PredictionProgress(int Batch, int Batches, TimeSpan Elapsed)
{
    /// <summary>The share of all batches that is done; 0 while their number is not known.</summary>
    public double Fraction => Batches > 0 ? (Batch + 1.0) / Batches : 0;

    /// <summary>The time that the rest will take at the speed so far; <see cref="TimeSpan.MaxValue"/> where nothing tells.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 / Fraction) - 1) : TimeSpan.MaxValue;
}
