using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Losses;

/// <summary>Executes a loss method over tensors: the operations of its description, the last one being the loss.</summary>
internal static class LossProgram
{
    private const string BuiltInPrefix = "Losses.";

    /// <summary>Gives one value per sample, or one for the batch; values per step come with the steps that count.</summary>
    /// <param name="tape">Where operations run.</param>
    /// <param name="loss">The loss with its operations.</param>
    /// <param name="arguments">The outputs, the targets and the settings, in this order.</param>
    /// <param name="outputMasks">For each output the steps that count, or null for all.</param>
    public static (Value<T> Value, StepMask<T>? Mask) Run<T>(GradientTape<T> tape, LossDescription loss, IEnumerable<Value<T>> arguments, IEnumerable<StepMask<T>?> outputMasks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Value<T>> values = [.. arguments];
        List<StepMask<T>?> masks = [.. outputMasks];
        masks.AddRange(new StepMask<T>?[values.Count - masks.Count]);
        foreach (LayerDescription operation in loss.Operations)
        {
            Value<T>[] operands = new Value<T>[operation.Operands.Count];
            StepMask<T>?[] operandMasks = new StepMask<T>?[operands.Length];
            for (int i = 0; i < operands.Length; i++)
            {
                int number = operation.Operands[i];
                operands[i] = (uint)number < (uint)values.Count
                    ? values[number]
                    : throw new InvalidOperationException($"Loss {loss.Name}, operation {operation.Name}: operand {number} is not computed yet; there are {values.Count} values.");
                operandMasks[i] = masks[number];
            }

            Value<T> result = Apply(tape, operation, operands, operandMasks);
            values.Add(result);
            masks.Add(IsOverLastAxis(operation, result, operandMasks) ? operandMasks[0] : MaskPropagation.Of(operation, result, operands, operandMasks));
        }

        return (values[^1], masks[^1]);
    }

    // A value per step is left where the last axis of several is summed, averaged or searched for its largest value.
    private static bool IsOverLastAxis<T>(LayerDescription operation, Value<T> result, StepMask<T>?[] masks)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        operation.Kind is "Sum" or "Mean" or "Max" && operation.Integers("Axis") is { Length: > 0 } && masks[0] is { } mask && result.Shape.Length > 0 && result.Shape[0] == mask.Steps;

    private static Value<T> Apply<T>(GradientTape<T> tape, LayerDescription operation, Value<T>[] operands, StepMask<T>?[] masks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!operation.Kind.StartsWith(BuiltInPrefix, StringComparison.Ordinal))
        {
            return Layer<T>.Run(new LayerCall<T>(operation, tape, operands, [], masks, Training: null));
        }

        string name = operation.Kind[BuiltInPrefix.Length..];
        if (!Enum.TryParse(name, out Loss kind) || operands.Length != 2)
        {
            throw new NotSupportedException($"The interpreter knows no operation {operation.Kind} of {operands.Length} operands; a built-in loss takes an output and a target.");
        }

        bool fromLogits = operation.Options.TryGetValue("FromLogits", out object? logits) && logits is true;
        return LossFunction<T>.Of(kind).Apply(new LossCall<T>(tape, operands[0], operands[1], masks[0], fromLogits, operation.Real("LabelSmoothing", 0), operation.Real("Delta", 1)));
    }
}
