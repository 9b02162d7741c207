using NetCompiler.Dynamic.Layers;
using NetCompiler.Dynamic.Operations;
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
        int samples = values[0].Samples;
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

            Value<T> result = Apply(tape, operation, operands, operandMasks, samples);
            values.Add(result);
            masks.Add(MaskPropagation.Of(operation, result, operands, operandMasks));
        }

        return (values[^1], masks[^1]);
    }

    // What is one value for the batch stays that in formulas and sums; layers know samples only.
    private static Value<T>[] ForSamples<T>(GradientTape<T> tape, LayerDescription operation, Value<T>[] operands, int samples)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorOperations.IsElementwise(operation.Kind) || operation.Kind is "Average" or "Constant" or "Sum" or "Mean" or "Max" or "BatchSum" or "BatchMean" ? operands
            : [.. operands.Select(operand => Broadcast<T>.To(tape, operand, samples, isPerSample: true, operand.Shape))];

    private static Value<T> Apply<T>(GradientTape<T> tape, LayerDescription operation, Value<T>[] operands, StepMask<T>?[] masks, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!operation.Kind.StartsWith(BuiltInPrefix, StringComparison.Ordinal))
        {
            return Layer<T>.Run(new LayerCall<T>(operation, tape, ForSamples(tape, operation, operands, samples), [], masks, Training: null));
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
