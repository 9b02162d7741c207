namespace NetCompiler;

/// <summary>What one pass forward and backward through a <see cref="DynamicNetwork{T}"/> gives.</summary>
/// <param name="Loss">The whole loss, regularizers included; 0 after a pass from given output gradients.</param>
/// <param name="Losses">Its parts, whose sum it is: one per declared loss, times its weight, then one for all regularizers where there are any.</param>
/// <param name="Weights">The gradients of the trained weights by name, in logical order, row-major; empty where not asked for.</param>
/// <param name="Inputs">The gradients of the inputs, samples first; empty where not asked for and for inputs of tokens.</param>
/// <param name="Outputs">The outputs of the pass, samples first.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record DynamicGradients<T>(T Loss, IReadOnlyList<T> Losses, IReadOnlyDictionary<string, T[]> Weights, IReadOnlyList<T[]> Inputs, IReadOnlyList<T[]> Outputs)
    where T : unmanaged, IFloatingPointIeee754<T>;
