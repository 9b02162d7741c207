namespace NetCompiler;

/// <summary>What the poolings over images share: (H, W, C) becomes (H', W', C).</summary>
public abstract class Pool2DAttribute : LayerAttribute
{
    private protected Pool2DAttribute(int poolSize) => PoolSize = poolSize;

    /// <summary>The height and width of a window, at least 1.</summary>
    public int PoolSize { get; }

    /// <summary>The height of a window where it is not square; 0 for <see cref="PoolSize"/>.</summary>
    public int PoolHeight { get; set; }

    /// <summary>The width of a window where it is not square; 0 for <see cref="PoolSize"/>.</summary>
    public int PoolWidth { get; set; }

    /// <summary>The step from one window to the next, in both directions; 0 for the size of the window.</summary>
    public int Strides { get; set; }

    /// <summary>The step downwards where it differs; 0 for <see cref="Strides"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The step to the right where it differs; 0 for <see cref="Strides"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>What happens at the borders, Valid or Same.</summary>
    public Padding Padding { get; set; }
}
