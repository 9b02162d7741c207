using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// DepthwiseConv2D: output channel c * multiplier + m sees input channel c only; the depthwise kernel is (height, width, 1, in * multiplier). SeparableConv2D: without bias and activation the
/// same, then a pointwise product with a kernel (1, 1, in * multiplier, out), the bias and the activation.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class DepthwiseConvolutionLayer<T>(bool isSeparable) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> kernel = call.RequiredWeight("depthwise_kernel");
        Window window = WindowOptions.OfConvolution(call, kernel, isImage: true);
        int channels = kernel.Shape[^1];
        if (channels % window.Channels != 0)
        {
            throw new InvalidOperationException($"{call.Layer.Name}: {window.Channels} channels do not fit a depthwise kernel of shape ({string.Join(", ", kernel.Shape)}).");
        }

        Value<T> x = channels == window.Channels ? call.Input : call.Apply(new RepeatAxis<T>(-1, channels / window.Channels), call.Input);
        Operation<T> depthwise = new DepthwiseConvolution<T>(window with { Channels = channels }, window.ResultShape(isImage: true, channels));
        Value<T>? bias = call.Weight("bias");
        if (!isSeparable)
        {
            return ActivationLayer<T>.Activate(call, bias is null ? call.Tape.Apply(depthwise, x, kernel) : call.Tape.Apply(depthwise, x, kernel, bias));
        }

        Value<T> pointwise = call.RequiredWeight("pointwise_kernel");
        pointwise = call.Apply(new Reshape<T>(pointwise.Shape[^2..]), pointwise);
        x = call.Tape.Apply(depthwise, x, kernel);
        return ActivationLayer<T>.Activate(call, bias is null ? call.Tape.Apply(new MatrixProduct<T>(), x, pointwise) : call.Tape.Apply(new MatrixProduct<T>(), x, pointwise, bias));
    }
}
