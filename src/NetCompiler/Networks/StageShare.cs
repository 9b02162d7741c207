using System.ComponentModel;

namespace NetCompiler;

/// <summary>What one thread does of a prediction: a stage of it, and which part of what threads share there.</summary>
/// <param name="stage">The stage, from 0.</param>
/// <param name="part">The thread's part, from 0.</param>
/// <param name="parts">How many parts there are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StageShare(int stage, int part, int parts)
{
    /// <summary>Whether this is the stage.</summary>
    public bool IsIn(int other) => stage == other;

    /// <summary>The first of the units that are the thread's.</summary>
    public int FirstOf(int units) => Start(units, part);

    /// <summary>How many units are the thread's.</summary>
    public int CountOf(int units) => Start(units, part + 1) - FirstOf(units);

    /// <summary>The first of the thread's units among some of them, counted from the first of those.</summary>
    /// <param name="units">How many units there are.</param>
    /// <param name="from">The first of those asked about.</param>
    /// <param name="length">How many are asked about.</param>
    public int FirstOf(int units, int from, int length) => Math.Clamp(FirstOf(units) - from, 0, length);

    /// <summary>How many of some units are the thread's.</summary>
    /// <param name="units">How many units there are.</param>
    /// <param name="from">The first of those asked about.</param>
    /// <param name="length">How many are asked about.</param>
    public int CountOf(int units, int from, int length) => Math.Clamp(Start(units, part + 1) - from, 0, length) - FirstOf(units, from, length);

    private int Start(int units, int part) => (int)((long)units * part / parts);
}
