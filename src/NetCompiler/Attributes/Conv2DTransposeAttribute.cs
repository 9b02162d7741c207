namespace NetCompiler;

/// <summary>
/// The transpose of a convolution, which enlarges: (H, W, C) becomes (H', W', filters), where H' is H stride + max(reach - stride, 0)
/// without padding and H stride with <see cref="Padding.Same"/>, reach being (kernel - 1) dilation + 1, and W' likewise; with an <see cref="OutputPadding"/> H' is (H - 1) stride + reach
/// without padding, 2 floor(reach / 2) less with it, and the output padding more. Each value of the input adds its multiple of the kernel to the output. The
/// weights are <c>kernel</c> (kernel height, kernel width, filters, C) and <c>bias</c> (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DTransposeAttribute : Convolution2DAttribute
{
    /// <summary>Declares the number of filters and the height and width of the kernel, all at least 1.</summary>
    public Conv2DTransposeAttribute(int filters, int kernelSize)
        : base(kernelSize) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The distance between neighbouring values that the kernel writes, in both directions; at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The vertical distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The horizontal distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

    /// <summary>How many places the result is longer, in both directions, less than the strides; -1 for the length that follows from strides and padding alone. As in Keras on TensorFlow, with <see cref="Padding.Same"/> fewer places are cut off then, at the end first: of an odd number to cut, one more is cut at the end.</summary>
    public int OutputPadding { get; set; } = -1;

    /// <summary>How the kernel starts.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="KernelInitializer"/>; NaN for its default.</summary>
    public double KernelScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the kernel's absolute values.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the kernel's squares.</summary>
    public double KernelL2 { get; set; }
}
