namespace NetCompiler;

/// <summary>The same values, in row-major order, under another shape.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>Declares the new shape of one sample; one axis may be -1 and takes what is left.</summary>
    public ReshapeAttribute(params int[] shape) => Shape = shape;

    /// <summary>The new shape of one sample.</summary>
    public int[] Shape { get; }
}
