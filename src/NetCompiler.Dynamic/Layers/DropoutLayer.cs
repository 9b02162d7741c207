using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>In training y = x mask / (1 - rate) with a mask of zeros and ones; y = x in inference.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class DropoutLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        double rate = call.Layer.Real("Rate");
        int length = call.Input.Data.Length;
        if (call.Mask is null || rate == 0)
        {
            return call.Input;
        }

        float[] mask = call.Mask(call.Layer.Name, length);
        if (mask.Length != length)
        {
            throw new InvalidOperationException($"The dropout mask of \"{call.Layer.Name}\" has {mask.Length} values, but {call.Input.Samples} samples need {length}.");
        }

        T[] factors = new T[length];
        TensorPrimitives.ConvertChecked<float, T>(mask, factors);
        TensorPrimitives.Divide(factors, T.CreateChecked(1 - rate), factors);
        return call.Tape.Apply(new ScaledBy<T>(factors), call.Input);
    }
}
