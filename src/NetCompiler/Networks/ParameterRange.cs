using System.ComponentModel;

namespace NetCompiler;

/// <summary>One trained weight's place in the parameters of a training: padding included, in ascending order, without gaps.</summary>
/// <param name="Offset">The first float.</param>
/// <param name="Length">The number of floats, padding included.</param>
/// <param name="IsFrozen">Whether an update leaves it alone.</param>
/// <param name="Decays">Whether weight decay applies: true for kernels and embeddings, false for biases and the scales and shifts of normalization.</param>
public readonly record struct ParameterRange(int Offset, int Length, bool IsFrozen, bool Decays);

/// <summary>What an optimizer state asks of the training it was made for; every generated training has it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParameterRanges
{
    /// <summary>The ranges as they are now, one per trained weight.</summary>
    ReadOnlySpan<ParameterRange> ParameterRanges { get; }
}

/// <summary>A training whose losses have run-time settings; generated for networks with settings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILossSettings
{
    /// <summary>The names of the settings, in declaration order.</summary>
    IReadOnlyList<string> SettingNames { get; }

    /// <summary>Reads or writes a setting by its index in <see cref="SettingNames"/>.</summary>
    float this[int setting] { get; set; }
}
