namespace NetCompiler;

/// <summary>A sample could not be read or made: its source failed, or a function of the user's did, or it holds what no network takes.</summary>
public sealed class SampleException : Exception
{
    /// <summary>Names the sample and keeps the cause.</summary>
    /// <param name="position">The number of the sample in its data set, counted from 0.</param>
    /// <param name="cause">What went wrong.</param>
    public SampleException(int position, Exception cause)
        : base($"Sample {position} (counted from 0) could not be read: {cause?.Message}", cause)
    {
        Position = position;
    }

    /// <summary>The number of the sample in its data set, counted from 0.</summary>
    public int Position { get; }

    /// <summary>Whether an exception is still to be wrapped: one that names its sample is not, and cancellation is no failure.</summary>
    internal static bool Wraps(Exception exception) => exception is not SampleException and not OperationCanceledException;
}
