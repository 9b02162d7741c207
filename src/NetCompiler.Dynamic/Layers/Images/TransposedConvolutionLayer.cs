using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>
/// Conv2DTranspose: activation of the gradient of a convolution with the kernel (height, width, out, in). The result has size * stride places with same padding, else (size - 1) * stride + reach, reach
/// being (kernel - 1) * dilation + 1; a description with Keras's size * stride + max(reach - stride, 0) has nothing but the bias at the end. OutputPadding adds places at the end.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TransposedConvolutionLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Value<T> Apply(LayerCall<T> call)
    {
        Value<T> kernel = call.RequiredWeight("kernel"), x = call.InputOfRank(3);
        if (kernel.Shape[^1] != x.LastAxis)
        {
            throw new InvalidOperationException($"{call.Layer.Name}: an input of shape ({string.Join(", ", x.Shape)}) does not fit a kernel of shape ({string.Join(", ", kernel.Shape)}).");
        }

        int stride = call.Layer.Integer("Strides", 1), dilation = call.Layer.Integer("Dilation", 1);
        Window window = new(
            Along(call, x.Shape[0], kernel.Shape[0], call.Layer.Integer("StrideHeight", 0, stride), call.Layer.Integer("DilationHeight", 0, dilation), call.Layer.Shape[0]),
            Along(call, x.Shape[1], kernel.Shape[1], call.Layer.Integer("StrideWidth", 0, stride), call.Layer.Integer("DilationWidth", 0, dilation), call.Layer.Shape[1]),
            kernel.Shape[2]);
        Operation<T> operation = new TransposedConvolution<T>(window, [window.Y.Size, window.X.Size, window.Channels]);
        Value<T>[] operands = call.Weight("bias") is { } bias ? [x, kernel, bias] : [x, kernel];
        return ActivationLayer<T>.Activate(call, call.Tape.Apply(operation, operands));
    }

    private static WindowAxis Along(LayerCall<T> call, int positions, int kernel, int stride, int dilation, int described)
    {
        bool isSame = call.Layer.Member("Padding", Padding.Valid) == Padding.Same;
        int reach = ((kernel - 1) * dilation) + 1, whole = ((positions - 1) * stride) + reach, padding = call.Layer.Integer("OutputPadding", -1);
        int size = padding >= 0 ? whole - (isSame ? 2 * (reach / 2) : 0) + padding : isSame ? positions * stride : whole;
        int widest = isSame || padding >= 0 ? size : (positions * stride) + Math.Max(reach - stride, 0);
        return described == size || described == widest
            ? new WindowAxis(described, kernel, stride, dilation, isSame ? Math.Max(whole - described, 0) / 2 : 0, positions)
            : throw new InvalidOperationException($"{call.Layer.Name}: {positions} positions with a kernel of {kernel} and strides of {stride} give {size}, but the description says {described}.");
    }
}
