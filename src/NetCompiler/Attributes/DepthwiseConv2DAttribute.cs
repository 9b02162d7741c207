namespace NetCompiler;

/// <summary>
/// A convolution over an image whose channels do not mix: (H, W, C) becomes (H', W', C x multiplier), with the sizes of
/// <see cref="Conv2DAttribute"/>; channel c gives the output channels c x multiplier, c x multiplier + 1 and so on. The weights are
/// <c>depthwise_kernel</c> (kernel height, kernel width, 1, C x multiplier) and <c>bias</c> (C x multiplier).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv2DAttribute : Convolution2DAttribute
{
    /// <summary>Declares the height and width of the kernel, at least 1.</summary>
    public DepthwiseConv2DAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <summary>The distance between neighbouring values under the kernel, in both directions; at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The vertical distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The horizontal distance where it differs; 0 for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

    /// <summary>The number of output channels for each channel; at least 1.</summary>
    public int DepthMultiplier { get; set; } = 1;

    /// <summary>How the depthwise kernel starts.</summary>
    public Initializer DepthwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The number of <see cref="DepthwiseInitializer"/>; NaN for its default.</summary>
    public double DepthwiseScale { get; set; } = double.NaN;

    /// <summary>The factor in the loss of the sum of the depthwise kernel's absolute values.</summary>
    public double DepthwiseL1 { get; set; }

    /// <summary>The factor in the loss of the sum of the depthwise kernel's squares.</summary>
    public double DepthwiseL2 { get; set; }
}
