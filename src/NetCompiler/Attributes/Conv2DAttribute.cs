namespace NetCompiler;

/// <summary>
/// A convolution over an image: (H, W, C) becomes (H', W', filters), where H' is (H - (kernel - 1) dilation - 1) / stride + 1 without padding
/// and ceil(H / stride) with <see cref="Padding.Same"/>, and W' likewise. The weights are <c>kernel</c> (kernel height, kernel width,
/// C / groups, filters) and <c>bias</c> (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute : Convolution2DAttribute
{
    /// <summary>Declares the number of filters and the height and width of the kernel, all at least 1.</summary>
    public Conv2DAttribute(int filters, int kernelSize)
        : base(kernelSize) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The distance between neighbouring values under the kernel, in both directions; at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The vertical distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The horizontal distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

    /// <summary>Into how many groups the channels are split, each seen by filters of its own; it divides the channels and the filters.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>How the kernel starts.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="KernelInitializer"/>; NaN for its default.</summary>
    public double KernelScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the kernel's absolute values.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the kernel's squares.</summary>
    public double KernelL2 { get; set; }
}
