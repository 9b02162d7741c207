namespace NetCompiler;

/// <summary>Reorders the axes: axis i of the result is axis order[i] of the input.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class PermuteAttribute : LayerAttribute
{
    /// <summary>Declares the order: every axis once, counted from 0 without the batch. Keras counts from 1, so its (2, 1) is (1, 0) here.</summary>
    public PermuteAttribute(params int[] order) => Order = order;

    /// <summary>The axes of the input in their new order.</summary>
    public int[] Order { get; }
}
