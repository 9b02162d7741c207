using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// Which values keep the mask of a padded token input: layers that keep the time axis pass it on, merges keep the steps that count in all masked operands, a recurrent
/// layer passes it on when it returns sequences (in the order of its output), attention passes on the query's. Everything else drops it.
/// </summary>
internal static class MaskPropagation
{
    private static readonly HashSet<string> Passing =
    [
        "Embedding", "PositionalEmbedding", "Dense", "Activation", "Dropout", "GaussianNoise", "Normalization",
        "BatchNormalization", "LayerNormalization", "GroupNormalization", "RmsNormalization", "MultiHeadAttention",
    ];

    private static readonly HashSet<string> Recurrent = ["SimpleRnn", "Lstm", "Gru"];

    /// <summary>The mask of a layer's result, or null.</summary>
    public static StepMask<T>? Of<T>(LayerDescription layer, Value<T> result, ReadOnlySpan<StepMask<T>?> operands)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        StepMask<T>? mask = null;
        if (Recurrent.Contains(layer.Kind))
        {
            mask = !layer.Flag("ReturnSequences", false) ? null : layer.Flag("GoBackwards", false) ? operands[0]?.Reversed() : operands[0];
        }
        else if (Passing.Contains(layer.Kind))
        {
            mask = operands[0];
        }
        else if (TensorOperations.IsElementwise(layer.Kind) || layer.Kind is "Average" or "Concat")
        {
            foreach (StepMask<T>? operand in operands)
            {
                mask = operand is null || mask is null || mask.Steps != operand.Steps ? mask ?? operand : mask.And(operand);
            }
        }

        // A merge that stretches or joins along the time axis has other steps than its operands.
        return mask is not null && result.IsPerSample && result.Shape.Length > 0 && result.Shape[0] == mask.Steps ? mask : null;
    }
}
