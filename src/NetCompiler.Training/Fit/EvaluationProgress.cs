namespace NetCompiler;

/// <summary>Where an evaluation stands after a batch.</summary>
/// <param name="Batch">The batch that was measured, counted from 0.</param>
/// <param name="Batches">The number of batches.</param>
/// <param name="Loss">The mean loss so far.</param>
/// <param name="Elapsed">The time since the evaluation began.</param>
public readonly record struct EvaluationProgress(int Batch, int Batches, double Loss, TimeSpan Elapsed)
{
    /// <summary>The share of all batches that is done.</summary>
    public double Fraction => (Batch + 1.0) / Batches;

    /// <summary>The time that the rest will take at the speed so far.</summary>
    public TimeSpan Remaining => Elapsed * ((1 / Fraction) - 1);
}
