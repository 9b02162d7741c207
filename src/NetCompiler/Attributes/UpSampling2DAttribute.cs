namespace NetCompiler;

/// <summary>Enlarges an image, repeating every pixel to the right and downwards or interpolating between them: (H, W, C) becomes (H x height, W x width, C).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class UpSampling2DAttribute : LayerAttribute
{
    /// <summary>Declares how often each pixel is repeated in both directions, at least 1.</summary>
    public UpSampling2DAttribute(int size = 2) => Size = size;

    /// <summary>How often each pixel is repeated in both directions.</summary>
    public int Size { get; }

    /// <summary>How often it is repeated downwards where that differs; 0 for <see cref="Size"/>.</summary>
    public int SizeHeight { get; set; }

    /// <summary>How often it is repeated to the right where that differs; 0 for <see cref="Size"/>.</summary>
    public int SizeWidth { get; set; }

    /// <summary>Whether pixels are repeated or interpolated.</summary>
    public Interpolation Interpolation { get; set; } = Interpolation.Nearest;
}
