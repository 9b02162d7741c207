using NetCompiler.Generators.Schedule.Memory;

namespace NetCompiler.Generators.Schedule.Scans;

/// <summary>The memory of a state: steps read one buffer and write another, by turns, so that none reads what it has overwritten.</summary>
/// <param name="State">The state.</param>
/// <param name="Layout">The layout of one buffer.</param>
/// <param name="Size">The floats of one buffer, per sample where it is batched.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="IsReversed">Whether the last step comes first.</param>
internal sealed record StateSlots(int State, Place Layout, int Size, int Steps, bool IsReversed)
{
    /// <summary>The number of buffers; two for a single step as well, which may still read the state when it has written the next one.</summary>
    public const int Count = 2;

    /// <summary>Where a step reads the state.</summary>
    public Place Read => Layout with { Alternate = Size };

    /// <summary>Where a step writes the state.</summary>
    public Place Written => Layout with { Offset = Layout.Offset + Size, Alternate = -Size };

    /// <summary>Where the state lies before the first step.</summary>
    public Place First => At(IsReversed ? Steps - 1 : 0);

    /// <summary>Where the state lies after the last step.</summary>
    public Place Final => At(IsReversed ? 1 : Steps);

    private Place At(int step) => Layout with { Offset = Layout.Offset + (step % 2 * Size) };
}
