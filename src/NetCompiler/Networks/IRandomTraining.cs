using System.ComponentModel;

namespace NetCompiler;

/// <summary>Whose random numbers a training has: with its step they tell every one, so that a gradient check can use the same. Every generated training has it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRandomTraining
{
    /// <summary>The seed of dropout and noise.</summary>
    ulong Seed { get; }
}
