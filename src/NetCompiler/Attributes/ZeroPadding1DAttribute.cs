namespace NetCompiler;

/// <summary>Adds steps of zeros in front and at the end: (T, C) becomes (T + before + after, C).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding1DAttribute : LayerAttribute
{
    /// <summary>Declares the number of steps added at each end, at least 0.</summary>
    public ZeroPadding1DAttribute(int padding = 1) => Padding = padding;

    /// <summary>The number of steps added at each end.</summary>
    public int Padding { get; }

    /// <summary>The number of steps added in front; -1 for <see cref="Padding"/>.</summary>
    public int Before { get; set; } = -1;

    /// <summary>The number of steps added at the end; -1 for <see cref="Padding"/>.</summary>
    public int After { get; set; } = -1;
}
