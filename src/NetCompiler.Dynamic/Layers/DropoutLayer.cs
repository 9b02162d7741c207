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
        return call.Training is null || rate == 0
            ? call.Input
            : call.Apply(new ScaledBy<T>(call.Training.DropoutFactors(call.Layer.Name, call.Input.Data.Length, rate)), call.Input);
    }
}
