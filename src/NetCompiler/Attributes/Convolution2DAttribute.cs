namespace NetCompiler;

/// <summary>What the convolutions over images (height, width, channels) share: kernels and strides that may differ by axis.</summary>
public abstract class Convolution2DAttribute : ConvolutionAttribute
{
    private protected Convolution2DAttribute(int kernelSize) => KernelSize = kernelSize;

    /// <summary>The height and width of the kernel, at least 1.</summary>
    public int KernelSize { get; }

    /// <summary>The height of the kernel where it is not square; 0 for <see cref="KernelSize"/>.</summary>
    public int KernelHeight { get; set; }

    /// <summary>The width of the kernel where it is not square; 0 for <see cref="KernelSize"/>.</summary>
    public int KernelWidth { get; set; }

    /// <summary>The step from one position to the next, in both directions; at least 1.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>The step downwards where it differs; 0 for <see cref="Strides"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The step to the right where it differs; 0 for <see cref="Strides"/>.</summary>
    public int StrideWidth { get; set; }
}
