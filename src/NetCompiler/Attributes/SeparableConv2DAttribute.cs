namespace NetCompiler;

/// <summary>
/// A depthwise convolution, then a convolution of kernel size 1 that mixes the channels: (H, W, C) becomes (H', W', filters), with the sizes
/// of <see cref="Conv2DAttribute"/>. The weights are <c>depthwise_kernel</c> (kernel height, kernel width, 1, C x multiplier),
/// <c>pointwise_kernel</c> (1, 1, C x multiplier, filters) and <c>bias</c> (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class SeparableConv2DAttribute : Convolution2DAttribute
{
    /// <summary>Declares the number of filters and the height and width of the kernel, all at least 1.</summary>
    public SeparableConv2DAttribute(int filters, int kernelSize)
        : base(kernelSize) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The distance between neighbouring values under the kernel, in both directions; at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The vertical distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The horizontal distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

    /// <summary>The number of channels between the two convolutions for each channel; at least 1.</summary>
    public int DepthMultiplier { get; set; } = 1;

    /// <summary>How the depthwise kernel starts.</summary>
    public Initializer DepthwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="DepthwiseInitializer"/>; NaN for its default.</summary>
    public double DepthwiseScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the depthwise kernel's absolute values.</summary>
    public double DepthwiseL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the depthwise kernel's squares.</summary>
    public double DepthwiseL2 { get; set; }

    /// <summary>How the pointwise kernel starts.</summary>
    public Initializer PointwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="PointwiseInitializer"/>; NaN for its default.</summary>
    public double PointwiseScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the pointwise kernel's absolute values.</summary>
    public double PointwiseL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the pointwise kernel's squares.</summary>
    public double PointwiseL2 { get; set; }
}
