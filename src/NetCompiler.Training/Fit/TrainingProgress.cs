namespace NetCompiler;

/// <summary>Where a training stands after a batch.</summary>
/// <param name="Epoch">The epoch, counted from 0.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Batch">The batch that was completed, counted from 0.</param>
/// <param name="Batches">The number of batches of an epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="MetricName">The name of the first metric, or null without metrics.</param>
/// <param name="MetricValue">The first metric over the epoch so far, or NaN.</param>
/// <param name="Elapsed">The time since training began, before a checkpoint that it was resumed from too.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double Loss, string? MetricName, double MetricValue, TimeSpan Elapsed)
{
    /// <summary>While a validation of more than two seconds runs, the number of its batches that are measured; otherwise 0.</summary>
    public int ValidationBatch { get; init; }

    /// <summary>While a validation of more than two seconds runs, the number of its batches; otherwise 0.</summary>
    public int ValidationBatches { get; init; }

    /// <summary>The share of all batches that is done.</summary>
    public double Fraction => ((double)Epoch + ((Batch + 1.0) / Batches)) / Epochs;

    /// <summary>The time that the rest will take at the speed so far.</summary>
    public TimeSpan Remaining => Elapsed * ((1 / Fraction) - 1);
}
