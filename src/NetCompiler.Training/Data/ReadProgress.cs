namespace NetCompiler;

/// <summary>How far a file has been read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">The bytes that were read, of the file as it lies on the disk: packed bytes where it is gzip.</param>
/// <param name="Length">The bytes of the file.</param>
/// <param name="Elapsed">The time since it was opened.</param>
public readonly record struct ReadProgress(string Path, long Bytes, long Length, TimeSpan Elapsed)
{
    /// <summary>The share of the file that is read, from 0 to 1.</summary>
    public double Fraction => Length > 0 ? (double)Bytes / Length : 1;

    /// <summary>The time that the rest will take at the speed so far; <see cref="TimeSpan.MaxValue"/> before anything is read.</summary>
    public TimeSpan Remaining => Bytes > 0 ? Elapsed * ((1 / Fraction) - 1) : TimeSpan.MaxValue;
}
