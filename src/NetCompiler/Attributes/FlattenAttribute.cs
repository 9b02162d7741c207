namespace NetCompiler;

/// <summary>All axes become one, in row-major order: (H, W, C) becomes (H x W x C).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;
