using NetCompiler.Dynamic.Operations;
using NetCompiler.Dynamic.Tape;

namespace NetCompiler.Dynamic.Layers;

/// <summary>Reads how a layer's kernel or pool moves from its options.</summary>
internal static class WindowOptions
{
    /// <summary>The window of a convolution: options Strides, StrideHeight, Dilation and the like; the kernel's sizes are those of its weight, which starts with them.</summary>
    public static Window OfConvolution<T>(LayerCall<T> call, Value<T> kernel, bool isImage)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerDescription layer = call.Layer;
        int[] image = call.InputOfRank(isImage ? 3 : 2).Shape;
        Padding padding = layer.Member("Padding", Padding.Valid);
        int stride = layer.Integer("Strides", 1), dilation = layer.Integer("Dilation", 1);
        return isImage
            ? new Window(
                WindowAxis.Of(image[0], kernel.Shape[0], layer.Integer("StrideHeight", 0, stride), layer.Integer("DilationHeight", 0, dilation), padding),
                WindowAxis.Of(image[1], kernel.Shape[1], layer.Integer("StrideWidth", 0, stride), layer.Integer("DilationWidth", 0, dilation), padding),
                image[2])
            : new Window(WindowAxis.Single, WindowAxis.Of(image[0], kernel.Shape[0], stride, dilation, padding), image[1]);
    }

    /// <summary>The window of a pool: options PoolSize, PoolHeight, Strides and the like; strides are the pool's where they are 0.</summary>
    public static Window OfPool<T>(LayerCall<T> call, bool isImage)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerDescription layer = call.Layer;
        int[] image = call.InputOfRank(isImage ? 3 : 2).Shape;
        return isImage
            ? new Window(Along("Height", image[0]), Along("Width", image[1]), image[2])
            : new Window(WindowAxis.Single, Along("", image[0]), image[1]);

        WindowAxis Along(string axis, int size)
        {
            int pool = layer.Integer("PoolSize", 2), stride = layer.Integer("Strides", 0);
            if (axis.Length > 0)
            {
                pool = layer.Integer("Pool" + axis, 0, pool);
                stride = layer.Integer("Stride" + axis, 0, stride);
            }

            return WindowAxis.Of(size, pool, stride == 0 ? pool : stride, 1, layer.Member("Padding", Padding.Valid));
        }
    }

    /// <summary>The shape of one sample's result with a number of channels.</summary>
    public static int[] ResultShape(this Window window, bool isImage, int channels) =>
        isImage ? [window.Y.Positions, window.X.Positions, channels] : [window.X.Positions, channels];
}
