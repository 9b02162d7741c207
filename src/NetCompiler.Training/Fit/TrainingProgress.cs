namespace NetCompiler;

/// <summary>Where a training stands after a batch.</summary>
/// <param name="Epoch">The epoch, counted from 0.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Batch">The batch that was completed, counted from 0.</param>
/// <param name="Batches">The number of batches of an epoch; 0 in the first epoch of a stream whose length is not known.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="MetricName">The name of the first metric, or null without metrics.</param>
/// <param name="MetricValue">The first metric over the epoch so far, or NaN.</param>
/// <param name="Elapsed">The time since training began, before a checkpoint that it was resumed from too.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double Loss, string? MetricName, double MetricValue, TimeSpan Elapsed)
{
    /// <summary>The number of batches that the validation after an epoch has measured; 0 before. It is told of while it takes more than two seconds, and at its end.</summary>
    public int ValidationBatch { get; init; }

    /// <summary>The number of batches of a validation; 0 without one, and in the first epoch for a stream whose length is not known.</summary>
    public int ValidationBatches { get; init; }

    /// <summary>Whether there is a validation of which only reading tells how long it is.</summary>
    internal bool IsValidationUnknown { get; init; }

    /// <summary>The share of all batches that is done, those of validations included; whole epochs alone count while their number is not known.</summary>
    public double Fraction => (Epoch + (Batches > 0 && !IsValidationUnknown ? (Batch + 1.0 + ValidationBatch) / (Batches + ValidationBatches) : 0)) / Epochs;

    /// <summary>The time that the rest will take at the speed so far; <see cref="TimeSpan.MaxValue"/> where nothing tells.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 / Fraction) - 1) : TimeSpan.MaxValue;
}
