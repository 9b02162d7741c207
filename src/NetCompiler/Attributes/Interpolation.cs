namespace NetCompiler;

/// <summary>Where the values between the pixels of an image that grows come from.</summary>
public enum Interpolation
{
    /// <summary>From the nearest pixel: each is repeated.</summary>
    Nearest,

    /// <summary>From the nearest pixels on both sides, in proportion to their nearness: a pixel stands for its middle, and beyond the outermost ones the image goes on as they are.</summary>
    Bilinear,
}
