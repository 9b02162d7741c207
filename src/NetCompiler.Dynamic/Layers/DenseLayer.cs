using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>y = activation(x W + b) over the last axis; W is (in, units).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class DenseLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> kernel = call.RequiredWeight("kernel");
        if (call.Input.Shape.Length == 0 || kernel.Shape.Length != 2 || call.Input.LastAxis != kernel.Shape[0])
        {
            throw new InvalidOperationException($"{call.Layer.Name}: an input of shape ({string.Join(", ", call.Input.Shape)}) does not fit a kernel of shape ({string.Join(", ", kernel.Shape)}).");
        }

        Value<T>? bias = call.Weight("bias");
        Value<T> product = bias is null
            ? call.Tape.Apply(new MatrixProduct<T>(), call.Input, kernel)
            : call.Tape.Apply(new MatrixProduct<T>(), call.Input, kernel, bias);
        return ActivationLayer<T>.Activate(call, product);
    }
}
