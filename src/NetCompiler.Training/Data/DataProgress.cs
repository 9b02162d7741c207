namespace NetCompiler;

/// <summary>How far a pass over data has come: samples that are read into memory, classes that are counted for a stratified split, texts of a vocabulary, values of a table.</summary>
/// <param name="Done">The number of samples, texts or values that are done.</param>
/// <param name="Count">Their number in all; null for a sequence where only reading it tells.</param>
/// <param name="Elapsed">The time since the pass began.</param>
public readonly record struct DataProgress(long Done, long? Count, TimeSpan Elapsed)
{
    /// <summary>The share that is done; 0 while their number is not known.</summary>
    public double Fraction => Count is long count ? count > 0 ? (double)Done / count : 1 : 0;

    /// <summary>The time that the rest will take at the speed so far; <see cref="TimeSpan.MaxValue"/> where nothing tells.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 / Fraction) - 1) : TimeSpan.MaxValue;
}
