namespace NetCompiler;

/// <summary>Puts a frame of zeros around an image: (H, W, C) becomes (H + top + bottom, W + left + right, C).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding2DAttribute : LayerAttribute
{
    /// <summary>Declares the number of rows and columns added on each side, at least 0.</summary>
    public ZeroPadding2DAttribute(int padding = 1) => Padding = padding;

    /// <summary>The number of rows and columns added on each side.</summary>
    public int Padding { get; }

    /// <summary>The number of rows added at the top; -1 for <see cref="Padding"/>.</summary>
    public int Top { get; set; } = -1;

    /// <summary>The number of rows added at the bottom; -1 for <see cref="Padding"/>.</summary>
    public int Bottom { get; set; } = -1;

    /// <summary>The number of columns added on the left; -1 for <see cref="Padding"/>.</summary>
    public int Left { get; set; } = -1;

    /// <summary>The number of columns added on the right; -1 for <see cref="Padding"/>.</summary>
    public int Right { get; set; } = -1;
}
