namespace NetCompiler;

/// <summary>
/// The mean of each window of an image: (H, W, C) becomes (H', W', C), where H' is (H - pool) / stride + 1 without padding and
/// ceil(H / stride) with <see cref="Padding.Same"/>, and W' likewise. What lies beyond the border does not count, neither in the sum nor in the number.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class AveragePool2DAttribute : Pool2DAttribute
{
    /// <summary>Declares the height and width of a window, at least 1.</summary>
    public AveragePool2DAttribute(int poolSize = 2)
        : base(poolSize)
    {
    }
}
