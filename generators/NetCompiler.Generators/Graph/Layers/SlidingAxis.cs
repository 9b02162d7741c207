namespace NetCompiler.Generators.Graph.Layers;

/// <summary>How a window slides along one axis.</summary>
/// <param name="Size">The extent of the axis.</param>
/// <param name="Window">The number of values under the window.</param>
/// <param name="Stride">The step from one position to the next.</param>
/// <param name="Dilation">The distance between neighbouring values under the window.</param>
/// <param name="Before">The places added in front of the axis.</param>
/// <param name="After">The places added behind it.</param>
internal readonly record struct SlidingAxis(int Size, int Window, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The distance from the first value under the window to the last, both counted; long, because a faulty declaration may exceed int.</summary>
    public long Reach => ((Window - 1L) * Dilation) + 1;

    /// <summary>The number of positions.</summary>
    public int Positions => (int)(((long)Size + Before + After - Reach) / Stride) + 1;

    /// <summary>Whether some position leaves the axis.</summary>
    public bool IsPadded => Before > 0 || After > 0;

    /// <summary>
    /// The axis with its padding. Same, as in Keras: ceil(size / stride) positions, the smaller half in front. Causal: everything in front,
    /// so that no position sees a later one.
    /// </summary>
    public static SlidingAxis Create(int size, int window, int stride, int dilation, string padding)
    {
        var axis = new SlidingAxis(size, window, stride, dilation, 0, 0);
        int positions = ((size - 1) / stride) + 1;
        int missing = (int)Math.Max(((positions - 1L) * stride) + axis.Reach - size, 0);
        return padding switch
        {
            "Same" => axis with { Before = missing / 2, After = missing - (missing / 2) },
            "Causal" => axis with { Before = (int)axis.Reach - 1 },
            _ => axis,
        };
    }
}
