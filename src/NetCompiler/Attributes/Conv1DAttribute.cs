namespace NetCompiler;

/// <summary>
/// A convolution along time: (T, C) becomes (T', filters), where T' is (T - (kernel - 1) dilation - 1) / strides + 1 without padding and
/// ceil(T / strides) with <see cref="Padding.Same"/> or <see cref="Padding.Causal"/>. The weights are <c>kernel</c> (kernel size, C / groups,
/// filters) and <c>bias</c> (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute : ConvolutionAttribute
{
    /// <summary>Declares the number of filters and the length of the kernel, both at least 1.</summary>
    public Conv1DAttribute(int filters, int kernelSize) => (Filters, KernelSize) = (filters, kernelSize);

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The length of the kernel in steps.</summary>
    public int KernelSize { get; }

    /// <summary>The step from one position to the next; at least 1.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>The distance between neighbouring steps under the kernel; at least 1.</summary>
    public int Dilation { get; set; } = 1;

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
