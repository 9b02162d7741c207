using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// Which values keep the mask of a padded token input: layers that keep the time axis pass it on, merges keep the steps that count in all masked operands, a recurrent
/// layer passes it on when it returns sequences (in the order of its output), attention passes on the query's, a sum or a mean over other axes keeps it; joins and slices of the steps join and slice it. Everything else drops it.
/// </summary>
internal static class MaskPropagation
{
    private static readonly HashSet<string> Passing =
    [
        "Embedding", "PositionalEmbedding", "Dense", "Activation", "Dropout", "GaussianNoise", "Normalization",
        "BatchNormalization", "LayerNormalization", "GroupNormalization", "RmsNormalization", "MultiHeadAttention", "Steps",
    ];

    private static readonly HashSet<string> Recurrent = ["SimpleRnn", "Lstm", "Gru"];

    /// <summary>The mask of a layer's result, or null.</summary>
    public static StepMask<T>? Of<T>(LayerDescription layer, Value<T> result, Value<T>[] operands, StepMask<T>?[] masks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        StepMask<T>? mask = null;
        if (Recurrent.Contains(layer.Kind))
        {
            mask = !layer.Flag("ReturnSequences", false) ? null : layer.Flag("GoBackwards", false) ? masks[0]?.Reversed() : masks[0];
        }
        else if (Passing.Contains(layer.Kind))
        {
            // One number per step is a row of features to a layer.
            mask = result.Shape.Length > 1 ? masks[0] : null;
        }
        else if (layer.Kind is "Slice" or "Concat" && Axis(layer, operands[0]) == 0)
        {
            mask = Array.TrueForAll(masks, operand => operand is null) ? null
                : layer.Kind == "Slice" ? masks[0]!.Slice(layer.Integer("Start"), layer.Integer("Length"))
                : StepMask<T>.Join([.. operands.Select((operand, i) => (masks[i], operand.Shape[0]))]);
        }
        else if (layer.Kind is "Sum" or "Mean" or "Max")
        {
            // Steps that stay are masked as they were.
            mask = layer.Integers("Axis") is { Length: > 0 } axes && !axes.Any(axis => axis == 0 || axis == -operands[0].Shape.Length) ? masks[0] : null;
        }
        else if (TensorOperations.IsElementwise(layer.Kind) || layer.Kind is "Average" or "Concat" or "Slice")
        {
            foreach (StepMask<T>? operand in masks)
            {
                mask = operand is null || mask is null || mask.Steps != operand.Steps ? mask ?? operand : mask.And(operand);
            }
        }

        // A merge that stretches the time axis has other steps than its operands.
        return mask is not null && result.IsPerSample && result.Shape.Length > 0 && result.Shape[0] == mask.Steps ? mask : null;
    }

    private static int Axis<T>(LayerDescription layer, Value<T> operand)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.Integers("Axis") is [int axis, ..] ? axis < 0 ? axis + operand.Shape.Length : axis : operand.Shape.Length - 1;
}
