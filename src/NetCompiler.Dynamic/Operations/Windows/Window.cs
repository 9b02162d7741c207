namespace NetCompiler.Dynamic.Operations;

/// <summary>How a kernel moves over an image (height, width, channels); a sequence is an image of height 1.</summary>
/// <param name="Y">Along the height.</param>
/// <param name="X">Along the width.</param>
/// <param name="Channels">The image's channels.</param>
internal readonly record struct Window(WindowAxis Y, WindowAxis X, int Channels)
{
    /// <summary>The number of the kernel's positions.</summary>
    public int Positions => Y.Positions * X.Positions;

    /// <summary>The number of the kernel's places.</summary>
    public int Taps => Y.Kernel * X.Kernel;

    /// <summary>The values of an image.</summary>
    public int ImageLength => Y.Size * X.Size * Channels;

    /// <summary>Whether the patches of an image are the image itself.</summary>
    public bool IsPointwise => Taps == 1 && Y.Stride == 1 && X.Stride == 1 && Y.Before == 0 && X.Before == 0;
}

/// <summary>How a kernel moves along one axis.</summary>
/// <param name="Size">The image's size.</param>
/// <param name="Kernel">The kernel's size.</param>
/// <param name="Stride">From position to position.</param>
/// <param name="Dilation">From place to place of the kernel.</param>
/// <param name="Before">The padding in front.</param>
/// <param name="Positions">The number of positions.</param>
internal readonly record struct WindowAxis(int Size, int Kernel, int Stride, int Dilation, int Before, int Positions)
{
    /// <summary>An axis of size 1 with a kernel of 1.</summary>
    public static WindowAxis Single { get; } = new(1, 1, 1, 1, 0, 1);

    /// <summary>The axis under a padding, as in Keras: same gives ceil(size / stride) positions and pads the smaller half in front, causal pads in front only.</summary>
    /// <exception cref="InvalidOperationException">The kernel does not fit into the image.</exception>
    public static WindowAxis Of(int size, int kernel, int stride, int dilation, Padding padding)
    {
        int span = ((kernel - 1) * dilation) + 1;
        switch (padding)
        {
            case Padding.Same:
                int positions = (size + stride - 1) / stride;
                return new WindowAxis(size, kernel, stride, dilation, Math.Max(((positions - 1) * stride) + span - size, 0) / 2, positions);
            case Padding.Causal:
                return new WindowAxis(size, kernel, stride, dilation, span - 1, ((size - 1) / stride) + 1);
            default:
                return span <= size
                    ? new WindowAxis(size, kernel, stride, dilation, 0, ((size - span) / stride) + 1)
                    : throw new InvalidOperationException($"A kernel that spans {span} does not fit into {size}.");
        }
    }

    /// <summary>Where the kernel's place lies in the image; outside where there is padding.</summary>
    public int At(int position, int place) => (position * Stride) - Before + (place * Dilation);

    /// <summary>Whether a coordinate lies in the image.</summary>
    public bool Contains(int coordinate) => (uint)coordinate < (uint)Size;
}
