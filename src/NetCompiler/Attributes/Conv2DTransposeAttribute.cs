namespace NetCompiler;

/// <summary>
/// The transpose of a convolution, which enlarges: (H, W, C) becomes (H', W', filters), where H' is H stride + max(kernel - stride, 0)
/// without padding and H stride with <see cref="Padding.Same"/>, and W' likewise. Each value of the input adds its multiple of the kernel to the output. The
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

    /// <summary>How the kernel starts.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="KernelInitializer"/>; NaN for its default.</summary>
    public double KernelScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the kernel's absolute values.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the kernel's squares.</summary>
    public double KernelL2 { get; set; }
}
