namespace Benchmarks.Measuring;

/// <summary>What a figure is the time of.</summary>
internal enum Mode
{
    /// <summary>Predictions that do not wait for each other.</summary>
    Predict,

    /// <summary>Predictions each of which reads what the last one wrote.</summary>
    PredictDependent,

    /// <summary>Training steps with Adam.</summary>
    Train,
}

/// <summary>A row of the table.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Mode">What is timed.</param>
/// <param name="Batch">The samples of a call.</param>
/// <param name="Threads">The threads that a call may use.</param>
internal readonly record struct RowKey(string Network, Mode Mode, int Batch, int Threads = 1);

/// <summary>One contender's time in a row: the median over all rounds.</summary>
/// <param name="Row">The row.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Seconds">The seconds of one call.</param>
/// <param name="FractionOfPeak">The useful operations per second as a fraction of the FMA peak that so many threads reached just before each run: the median.</param>
/// <param name="Peak">That peak, in operations per second: the median.</param>
/// <param name="RoundTrip">The seconds in which a number goes from one core to another and back, just before each run: the median; none for one thread.</param>
internal sealed record Figure(RowKey Row, string Contender, double Seconds, double FractionOfPeak, double Peak, double? RoundTrip);
