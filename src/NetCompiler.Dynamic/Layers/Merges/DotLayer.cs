using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The sum over an axis, the last one unless given, of x times y; of vectors a vector of one number.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class DotLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        if (call.Inputs.Length != 2)
        {
            throw new InvalidOperationException($"{call.Layer.Kind} \"{call.Layer.Name}\" takes 2 operands, but has {call.Inputs.Length}.");
        }

        Value<T> product = call.Apply(new Multiply<T>(), call.Inputs[0], call.Inputs[1]);
        Value<T> sum = call.Apply(new Sum<T>(call.Layer.Integers("Axis") is [int axis, ..] ? axis : -1), product);

        // Whether the axis stays with size 1 is the description's to say: the values are the same.
        return call.Apply(new Reshape<T>([.. call.Layer.Shape]), sum);
    }
}
