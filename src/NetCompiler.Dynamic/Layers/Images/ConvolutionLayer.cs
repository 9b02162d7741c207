using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Conv1D and Conv2D: y = activation(x * W + b); the kernel is (kernel sizes.., in / groups, out).</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ConvolutionLayer<T>(bool isImage) : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> kernel = call.RequiredWeight("kernel");
        Window window = WindowOptions.OfConvolution(call, kernel, isImage);
        int groups = call.Layer.Integer("Groups", 1), filters = kernel.Shape[^1];
        if (window.Channels % groups != 0 || filters % groups != 0 || kernel.Shape[^2] != window.Channels / groups)
        {
            throw new InvalidOperationException($"{call.Layer.Name}: {window.Channels} channels in {groups} groups do not fit a kernel of shape ({string.Join(", ", kernel.Shape)}).");
        }

        // Groups of one channel and one filter each need no matrices.
        Operation<T> operation = groups == window.Channels && groups == filters
            ? new DepthwiseConvolution<T>(window, window.ResultShape(isImage, filters))
            : new Convolution<T>(window, groups, window.ResultShape(isImage, filters));
        Value<T>[] operands = call.Weight("bias") is { } bias ? [call.Input, kernel, bias] : [call.Input, kernel];
        return ActivationLayer<T>.Activate(call, call.Tape.Apply(operation, operands));
    }
}
