namespace NetCompiler;

/// <summary>What the poolings along time share: (T, C) becomes (T', C).</summary>
public abstract class Pool1DAttribute : LayerAttribute
{
    private protected Pool1DAttribute(int poolSize) => PoolSize = poolSize;

    /// <summary>The number of steps in a window, at least 1.</summary>
    public int PoolSize { get; }

    /// <summary>The step from one window to the next; 0 for <see cref="PoolSize"/>.</summary>
    public int Strides { get; set; }

    /// <summary>What happens at the borders, Valid or Same.</summary>
    public Padding Padding { get; set; }
}
