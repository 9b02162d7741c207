using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>One application of a layer.</summary>
/// <param name="Layer">What to apply.</param>
/// <param name="Tape">Where operations run.</param>
/// <param name="Inputs">The layer's operands.</param>
/// <param name="Weights">The layer's weights in the order of its description.</param>
/// <param name="Mask">In training, gives a layer's dropout mask of a number of values: 1 keeps, 0 drops; null in inference.</param>
/// <typeparam name="T">float or double.</typeparam>
internal readonly record struct LayerCall<T>(LayerDescription Layer, GradientTape<T> Tape, Value<T>[] Inputs, Value<T>[] Weights, DropoutMask? Mask)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The only, or first, input.</summary>
    public Value<T> Input => Inputs.Length > 0 ? Inputs[0] : throw new InvalidOperationException($"{Layer.Kind} \"{Layer.Name}\" has no operand.");

    /// <summary>The weight with a name like "kernel", or null.</summary>
    public Value<T>? Weight(string name)
    {
        for (int i = 0; i < Weights.Length; i++)
        {
            string full = Layer.Weights[i].Name;
            if (full.EndsWith(name, StringComparison.Ordinal) && (full.Length == name.Length || full[^(name.Length + 1)] == '.'))
            {
                return Weights[i];
            }
        }

        return null;
    }

    /// <summary>The weight with a name like "kernel".</summary>
    /// <exception cref="InvalidOperationException">The layer has none.</exception>
    public Value<T> RequiredWeight(string name) => Weight(name)
        ?? throw new InvalidOperationException($"{Layer.Kind} \"{Layer.Name}\" needs a weight \"{name}\"; it has {string.Join(", ", Layer.Weights.Select(weight => weight.Name))}.");
}
