using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>What the losses of a network read.</summary>
/// <param name="Outputs">The outputs in declaration order.</param>
/// <param name="OutputMasks">For each output the steps that count, or null for all.</param>
/// <param name="Targets">The targets in declaration order; class indices as numbers.</param>
/// <param name="SampleWeights">One weight per sample.</param>
/// <param name="Weights">The network's weights by name, for the regularizers.</param>
/// <param name="Setting">The value of a setting now.</param>
/// <typeparam name="T">float or double.</typeparam>
internal sealed record LossArguments<T>(Value<T>[] Outputs, StepMask<T>?[] OutputMasks, Value<T>[] Targets, T[] SampleWeights, IReadOnlyDictionary<string, Value<T>> Weights, Func<SettingDescription, double> Setting)
    where T : unmanaged, IFloatingPointIeee754<T>;
