namespace NetCompiler;

/// <summary>The mean over time of each channel: (T, C) becomes (C). Masked steps do not count.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePool1DAttribute : LayerAttribute
{
    /// <summary>Whether the axes that are pooled over stay, with one place: the result is then (1, C).</summary>
    public bool KeepDims { get; set; }
}
