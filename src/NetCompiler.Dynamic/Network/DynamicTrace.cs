namespace NetCompiler;

/// <summary>What every layer of an interpreted network gave, and what came back to it. Values are numbered as in <see cref="NetworkDescription"/>: the inputs first, then one per layer.</summary>
/// <param name="Values">The values, samples first; those that depend on no input once.</param>
/// <param name="Gradients">The gradients of the loss by the values, as long as these; empty where none arrived, as at a softmax that a cross-entropy sees through.</param>
/// <param name="Totals">The loss and the gradients of weights and inputs.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record DynamicTrace<T>(IReadOnlyList<T[]> Values, IReadOnlyList<T[]> Gradients, DynamicGradients<T> Totals)
    where T : unmanaged, IFloatingPointIeee754<T>;
