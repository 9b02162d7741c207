namespace NetCompiler;

/// <summary>The maximum over the image of each channel: (H, W, C) becomes (C).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPool2DAttribute : LayerAttribute
{
    /// <summary>Whether the axes that are pooled over stay, with one place: the result is then (1, 1, C).</summary>
    public bool KeepDims { get; set; }
}
