using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>The sum over an axis, the last one unless given, of x times y; of vectors a vector of one number. Normalized, it is divided by the lengths of both.</summary>
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

        Value<T> sum = Product(call, call.Inputs[0], call.Inputs[1]);
        if (call.Layer.Flag("Normalize", false))
        {
            sum = call.Apply(new Divide<T>(), sum, call.Apply(new Multiply<T>(), Length(call, call.Inputs[0]), Length(call, call.Inputs[1])));
        }

        // Whether the axis stays with size 1 is the description's to say: the values are the same.
        return call.Apply(new Reshape<T>([.. call.Layer.Shape]), sum);
    }

    private static Value<T> Product(LayerCall<T> call, Value<T> x, Value<T> y) =>
        call.Apply(new Sum<T>(call.Layer.Integers("Axis") is [int axis, ..] ? axis : -1), call.Apply(new Multiply<T>(), x, y));

    // max(|x|, 1e-12)
    private static Value<T> Length(LayerCall<T> call, Value<T> x) => call.Apply(new Sqrt<T>(), call.Apply(new Maximum<T>(), Product(call, x, x), Value<T>.Scalar(1e-24)));
}
