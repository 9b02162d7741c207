using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>One application of a layer.</summary>
/// <param name="Layer">What to apply.</param>
/// <param name="Tape">Where operations run.</param>
/// <param name="Inputs">The layer's operands.</param>
/// <param name="Weights">The layer's weights in the order of its description.</param>
/// <param name="Masks">For each operand the steps that count, or null for all.</param>
/// <param name="Training">Random numbers and moved statistics; null in inference.</param>
/// <typeparam name="T">float or double.</typeparam>
internal readonly record struct LayerCall<T>(LayerDescription Layer, GradientTape<T> Tape, Value<T>[] Inputs, Value<T>[] Weights, StepMask<T>?[] Masks, TrainingPass<T>? Training)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The only, or first, input.</summary>
    public Value<T> Input => Inputs.Length > 0 ? Inputs[0] : throw new InvalidOperationException($"{Layer.Kind} \"{Layer.Name}\" has no operand.");

    /// <summary>The same with operands of one row per sample, where any has that: a value of the whole batch is repeated for each of them.</summary>
    public LayerCall<T> PerSample()
    {
        GradientTape<T> tape = Tape;
        return Array.Find(Inputs, input => input.IsPerSample) is { Samples: var samples }
            ? this with { Inputs = [.. Inputs.Select(input => Broadcast<T>.To(tape, input, samples, isPerSample: true, input.Shape))] }
            : this;
    }

    /// <summary>The steps of the first input that count, or null for all.</summary>
    public StepMask<T>? Mask => Masks.Length > 0 ? Masks[0] : null;

    /// <summary>The weight with a name like "kernel", or null.</summary>
    public Value<T>? Weight(string name) => IndexOf(name) is var index && index >= 0 ? Weights[index] : null;

    /// <summary>The weight with a name like "kernel".</summary>
    /// <exception cref="InvalidOperationException">The layer has none.</exception>
    public Value<T> RequiredWeight(string name) => Weight(name) ?? throw Missing(name);

    /// <summary>The name in files of the weight with a name like "kernel".</summary>
    /// <exception cref="InvalidOperationException">The layer has none.</exception>
    public string FileName(string name) => IndexOf(name) is var index && index >= 0 ? Layer.Weights[index].Name : throw Missing(name);

    /// <summary>Applies an operation to one value.</summary>
    public Value<T> Apply(Operation<T> operation, Value<T> value) => Tape.Apply(operation, value);

    /// <summary>Applies an operation to two values, broadcasting them.</summary>
    public Value<T> Apply(BinaryOperation<T> operation, Value<T> left, Value<T> right)
    {
        (Value<T> a, Value<T> b) = Broadcast<T>.Pair(Tape, left, right);
        return Tape.Apply(operation, a, b);
    }

    /// <summary>The input, which must have a number of axes.</summary>
    /// <exception cref="InvalidOperationException">It has another number.</exception>
    public Value<T> InputOfRank(int rank) => Input.Shape.Length == rank
        ? Input
        : throw new InvalidOperationException($"{Layer.Kind} \"{Layer.Name}\" needs an input of {rank} axes, but has ({string.Join(", ", Input.Shape)}).");

    private int IndexOf(string name)
    {
        for (int i = 0; i < Weights.Length; i++)
        {
            string full = Layer.Weights[i].Name;
            if (full.EndsWith(name, StringComparison.Ordinal) && (full.Length == name.Length || full[^(name.Length + 1)] == '.'))
            {
                return i;
            }
        }

        return -1;
    }

    private InvalidOperationException Missing(string name) =>
        new($"{Layer.Kind} \"{Layer.Name}\" needs a weight \"{name}\"; it has {string.Join(", ", Layer.Weights.Select(weight => weight.Name))}.");
}
