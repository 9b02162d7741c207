namespace NetCompiler;

/// <summary>Where an evaluation stands after a batch.</summary>
/// <param name="Batch">The batch that was measured, counted from 0.</param>
/// <param name="Batches">The number of batches; 0 for a stream whose length is not known.</param>
/// <param name="Loss">The mean loss so far.</param>
/// <param name="Elapsed">The time since the evaluation began.</param>
public readonly record struct EvaluationProgress(int Batch, int Batches, double Loss, TimeSpan Elapsed)
{
    /// <summary>The share of all batches that is done; 0 while their number is not known.</summary>
    public double Fraction => Batches > 0 ? (Batch + 1.0) / Batches : 0;

    /// <summary>The time that the rest will take at the speed so far; <see cref="TimeSpan.MaxValue"/> where nothing tells.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 / Fraction) - 1) : TimeSpan.MaxValue;
}
