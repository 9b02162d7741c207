using System.Diagnostics;

namespace NetCompiler;

/// <summary>Work that is done step by step, so that it can be shown from the moment that it takes long: see <see cref="WorkDisplay"/>. The time begins when it is made.</summary>
internal abstract class SteppedWork
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The time so far.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The share that is done; null where nothing tells.</summary>
    public abstract double? Fraction { get; }

    /// <summary>What a bar says of it.</summary>
    public abstract string Description { get; }

    /// <summary>What a line says of it at its end.</summary>
    public abstract string Summary { get; }

    /// <summary>Does the next step; false at the end.</summary>
    public abstract bool MoveNext();
}
