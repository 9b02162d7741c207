namespace NetCompiler;

/// <summary>Cuts off the border of an image: (H, W, C) becomes (H - top - bottom, W - left - right, C), of which something is left.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class Cropping2DAttribute : LayerAttribute
{
    /// <summary>Declares the number of rows and columns removed on each side, at least 0.</summary>
    public Cropping2DAttribute(int cropping = 1) => Cropping = cropping;

    /// <summary>The number of rows and columns removed on each side.</summary>
    public int Cropping { get; }

    /// <summary>The number of rows removed at the top; -1 for <see cref="Cropping"/>.</summary>
    public int Top { get; set; } = -1;

    /// <summary>The number of rows removed at the bottom; -1 for <see cref="Cropping"/>.</summary>
    public int Bottom { get; set; } = -1;

    /// <summary>The number of columns removed on the left; -1 for <see cref="Cropping"/>.</summary>
    public int Left { get; set; } = -1;

    /// <summary>The number of columns removed on the right; -1 for <see cref="Cropping"/>.</summary>
    public int Right { get; set; } = -1;
}
