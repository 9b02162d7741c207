namespace NetCompiler;

/// <summary>Repeats every step: (T, C) becomes (T x size, C).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class UpSampling1DAttribute : LayerAttribute
{
    /// <summary>Declares how often each step is repeated, at least 1.</summary>
    public UpSampling1DAttribute(int size = 2) => Size = size;

    /// <summary>How often each step is repeated.</summary>
    public int Size { get; }
}
