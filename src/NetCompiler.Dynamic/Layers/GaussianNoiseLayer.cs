using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>In training y = x + deviation n with standard normal numbers n; y = x in inference.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GaussianNoiseLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        double deviation = call.Layer.Real("Deviation");
        if (call.Training is null || deviation == 0)
        {
            return call.Input;
        }

        T[] noise = call.Training.Noise(call.Layer.Name, call.Input.Data.Length);
        TensorPrimitives.Multiply(noise, T.CreateChecked(deviation), noise);
        return call.Apply(new Add<T>(), call.Input, call.Input.Like(noise, call.Input.Shape));
    }
}
