namespace NetCompiler;

/// <summary>
/// The mean of each window along time: (T, C) becomes (T', C), where T' is (T - pool) / strides + 1 without padding and ceil(T / strides)
/// with <see cref="Padding.Same"/>. What lies beyond the border does not count, neither in the sum nor in the number.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class AveragePool1DAttribute : Pool1DAttribute
{
    /// <summary>Declares the number of steps in a window, at least 1.</summary>
    public AveragePool1DAttribute(int poolSize = 2)
        : base(poolSize)
    {
    }
}
