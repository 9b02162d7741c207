namespace Samples;

/// <summary>What the server's network is about.</summary>
public enum TrainingPhase
{
    /// <summary>The images are being found, downloaded or drawn.</summary>
    Loading,

    /// <summary>The network learns.</summary>
    Training,

    /// <summary>The network has learnt, now or in an earlier run.</summary>
    Ready,

    /// <summary>Training ended with an error, which the message tells.</summary>
    Failed,
}

/// <summary>Where the training stands, for the page.</summary>
/// <param name="Phase">What is going on.</param>
/// <param name="CanPredict">Whether the network of the last epoch already answers.</param>
/// <param name="Message">The same in a sentence.</param>
public sealed record TrainingState(TrainingPhase Phase, bool CanPredict, string Message)
{
    /// <summary>The epoch, counted from 1; 0 before the first.</summary>
    public int Epoch { get; init; }

    /// <summary>The number of epochs.</summary>
    public int Epochs { get; init; }

    /// <summary>The share of all batches that is done.</summary>
    public double Fraction { get; init; }

    /// <summary>The mean loss of the epoch so far, or null.</summary>
    public double? Loss { get; init; }

    /// <summary>The seconds that the rest will take at the speed so far, or null where nothing tells.</summary>
    public double? RemainingSeconds { get; init; }

    /// <summary>The share of test images that is read correctly, or null before there is one.</summary>
    public double? TestAccuracy { get; init; }
}
