namespace NetCompiler;

/// <summary>A checkpoint cannot be written or read, is damaged, or belongs to another training; the message says which and why. Nothing was changed.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Says what was found and what was expected.</summary>
    public CheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
